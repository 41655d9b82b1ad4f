import { getTranslations } from 'next-intl/server'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { SubmitButton } from '#components/ui/form.tsx'
import type { ClientDetail, ClientImpact } from '#lib/clients/index.ts'
import { disableClientAction, enableClientAction } from '#lib/web/clients/settings-actions.ts'
import { ActionForm } from './action-form.tsx'
import { StatusBadge } from './badges.tsx'
import { Confirm } from './confirm.tsx'
import { ImpactList } from './impact-list.tsx'
import { NeedsPermission } from './needs-permission.tsx'

/** Whether a client works, and the one switch that changes it: at once when enabling, after naming what breaks when disabling. */
export async function StatusCard({ client, impact }: { client: ClientDetail; impact: ClientImpact }) {
  const [t, overview, common] = await Promise.all([
    getTranslations('clients.settings'),
    getTranslations('clients.overview.status'),
    getTranslations('common'),
  ])
  const fields = { clientId: client.id, version: String(client.version) }
  return (
    <Card>
      <CardHeader
        title={overview('title')}
        description={overview(client.restricted ? 'restricted' : client.status)}
        actions={<StatusBadge client={client} />}
      />
      <CardBody>
        <NeedsPermission has={client.permissions} permission="clients.update">
          {client.status === 'active' ? (
            <Confirm
              id="disable"
              trigger={t('active.trigger')}
              triggerSize="md"
              title={t('active.question', { name: client.name })}
              confirm={t('active.confirm')}
              cancel={common('cancel')}
              action={disableClientAction}
              fields={fields}
            >
              <p>{t('active.breaks')}</p>
              <ImpactList impact={impact} />
            </Confirm>
          ) : (
            <ActionForm action={enableClientAction} name="enable" fields={fields}>
              <SubmitButton>{t('disabled.submit')}</SubmitButton>
            </ActionForm>
          )}
        </NeedsPermission>
      </CardBody>
    </Card>
  )
}
