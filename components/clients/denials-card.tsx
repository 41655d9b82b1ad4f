import { getTranslations } from 'next-intl/server'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { TextLink } from '#components/ui/link.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import type { RecentUsageOfClient } from '#lib/usage/index.ts'

/** Why requests of a client were refused in the last 24 hours, the most frequent cause first. `hrefOf` leads to the requests behind one. */
export async function DenialsCard({ denials, hrefOf }: { denials: RecentUsageOfClient['denials']; hrefOf?: (decision: string) => string }) {
  const [t, checks] = await Promise.all([getTranslations('clients.overview.denials'), getTranslations('gate.checks')])
  return (
    <Card>
      <CardHeader title={t('title')} description={denials.length > 0 ? t('description') : undefined} />
      <CardBody>
        {denials.length === 0 ? (
          <p className="text-muted">{t('none')}</p>
        ) : (
          <ul className="divide-y divide-line">
            {denials.slice(0, 8).map(({ decision, requests, lastAt }) => (
              <li key={decision} className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 py-2.5 first:pt-0 last:pb-0">
                <span className="min-w-0">
                  <code className="font-mono text-[0.8125rem] [overflow-wrap:anywhere]">{decision}</code>
                  {checks.has(`${decision}.fix`) ? <span className="block text-muted">{checks(`${decision}.fix`)}</span> : null}
                </span>
                <span className="text-muted">
                  {t('count', { count: requests })}, {t.rich('last', { time: () => <RelativeTime date={lastAt} /> })}
                  {hrefOf ? (
                    <>
                      {' · '}
                      <TextLink href={hrefOf(decision)}>{t('look')}</TextLink>
                    </>
                  ) : null}
                </span>
              </li>
            ))}
          </ul>
        )}
      </CardBody>
    </Card>
  )
}
