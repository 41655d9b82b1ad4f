import { getTranslations } from 'next-intl/server'
import { RelativeTime } from '#components/ui/time.tsx'
import type { ClientImpact } from '#lib/clients/index.ts'

/** What a change breaks, in numbers. */
export async function ImpactList({ impact }: { impact: ClientImpact }) {
  const t = await getTranslations('clients.impact')
  const { lastUsedAt } = impact
  return (
    <ul className="list-disc space-y-1 pl-5 marker:text-muted">
      <li>{t('liveDomains', { count: impact.liveDomains })}</li>
      <li>{t('users', { count: impact.users })}</li>
      <li>{t('tokens', { count: impact.tokens })}</li>
      <li>{lastUsedAt ? t.rich('lastUsed', { time: () => <RelativeTime date={new Date(lastUsedAt)} /> }) : t('neverUsed')}</li>
    </ul>
  )
}
