import { getTranslations } from 'next-intl/server'
import { Alert } from '#components/ui/alert.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { DateTime } from '#components/ui/time.tsx'
import type { RestrictionDetail } from '#lib/alerts/index.ts'

/** Says that a client is restricted: by whom, why, and what it means. */
export async function RestrictedBanner({ clientId, restriction }: { clientId: string; restriction: RestrictionDetail }) {
  const t = await getTranslations('clients.overview')
  const { reason, byOperator, at } = restriction
  return (
    <Alert
      tone="danger"
      title={t('restricted.title')}
      actions={
        <ButtonLink size="sm" href={`/clients/${clientId}/settings`}>
          {t('disabled.settings')}
        </ButtonLink>
      }
    >
      <p>{t('restricted.text')}</p>
      <p>{t.rich(`restricted.${byOperator ? 'byOperator' : 'byTeam'}`, { time: () => <DateTime date={new Date(at)} /> })}</p>
      <p className="whitespace-pre-line">{reason ? t('restricted.reason', { reason }) : t('restricted.noReason')}</p>
    </Alert>
  )
}
