import { getTranslations } from 'next-intl/server'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import type { LogoutDeliveryDto } from '#lib/logouts/index.ts'

const KNOWN = ['private_address', 'timeout', 'too_large', 'unresolved', 'unreachable', 'no_address']

/** The newest back-channel log-outs of a client and what became of them: where an endpoint is dead, its owner sees it here. */
export async function LogoutCard({ deliveries }: { deliveries: readonly LogoutDeliveryDto[] }) {
  const t = await getTranslations('protocol.logouts')
  const reason = (code: string) =>
    KNOWN.includes(code) ? t(`reasons.${code}`) : t('reasons.status', { status: code.replace('status_', '') })
  return (
    <Card>
      <CardHeader title={t('title')} description={t('description')} />
      <CardBody>
        {deliveries.length === 0 ? <p className="text-muted">{t('none')}</p> : null}
        <ul className="divide-y divide-line">
          {deliveries.map(({ id, state, attempts, lastError, at, nextAt }) => (
            <li key={id} className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 py-2">
              <span>
                {t(`states.${state}`, { attempts })}
                {lastError ? <span className="text-muted"> · {reason(lastError)}</span> : null}
                {nextAt ? (
                  <span className="text-muted">
                    {' · '}
                    {t('next')} <RelativeTime date={new Date(nextAt)} />
                  </span>
                ) : null}
              </span>
              <RelativeTime date={new Date(at)} />
            </li>
          ))}
        </ul>
      </CardBody>
    </Card>
  )
}
