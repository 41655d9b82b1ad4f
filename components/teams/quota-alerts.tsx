import { getFormatter, getTranslations } from 'next-intl/server'
import { Alert } from '#components/ui/alert.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import type { TeamAlertDto } from '#lib/alerts/index.ts'

/** How much of the month is used, once it is much: the latest of the alerts. `planHref`: where the plan is, on other pages than its own. */
export async function QuotaAlerts({ alerts, planHref }: { alerts: readonly TeamAlertDto[]; planHref?: string }) {
  const [latest] = alerts
  if (!latest) return null
  const [t, format] = await Promise.all([getTranslations('alerts.team'), getFormatter()])
  const { kind, evidence, at } = latest
  return (
    <Alert
      tone={kind === 'quota_100' ? 'danger' : 'warning'}
      title={t(`${kind}.title`)}
      actions={
        planHref ? (
          <ButtonLink size="sm" href={planHref}>
            {t('plan')}
          </ButtonLink>
        ) : null
      }
    >
      {t.rich(`${kind}.text`, {
        used: format.number(Number(evidence.used ?? 0)),
        limit: format.number(Number(evidence.quota ?? 0)),
        time: () => <RelativeTime date={new Date(at)} />,
      })}
    </Alert>
  )
}
