import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/forms/action-form.tsx'
import { ConfirmCard } from '#components/forms/confirm-card.tsx'
import { SubmitButton } from '#components/ui/form.tsx'
import type { ClientDetail, ClientImpact } from '#lib/clients/index.ts'
import { disableClientAction, enableClientAction } from '#lib/web/clients/settings-actions.ts'
import { StatusBadge } from './badges.tsx'
import { ImpactList } from './impact-list.tsx'

/** Whether a client works, and the one switch that changes it: at once when enabling, after naming what breaks when disabling. */
export async function StatusCard({ client, impact }: { client: ClientDetail; impact: ClientImpact }) {
  const [t, overview] = await Promise.all([getTranslations('clients.settings'), getTranslations('clients.overview.status')])
  const fields = { clientId: client.id, version: String(client.version) }
  const enable = (
    <ActionForm action={enableClientAction} name="enable" fields={fields}>
      <SubmitButton>{t('disabled.submit')}</SubmitButton>
    </ActionForm>
  )
  return (
    <ConfirmCard
      id="disable"
      title={overview('title')}
      description={overview(client.restricted ? 'restricted' : client.status)}
      badge={<StatusBadge client={client} />}
      needs={{ has: client.permissions, permission: 'clients.update' }}
      instead={client.status === 'active' ? null : enable}
      trigger={t('active.trigger')}
      question={t('active.question', { name: client.name })}
      confirm={t('active.confirm')}
      action={disableClientAction}
      fields={fields}
    >
      <p>{t('active.breaks')}</p>
      <ImpactList impact={impact} />
    </ConfirmCard>
  )
}
