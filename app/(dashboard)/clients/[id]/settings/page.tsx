import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/clients/action-form.tsx'
import { Confirm } from '#components/clients/confirm.tsx'
import { FormTextField } from '#components/clients/form-fields.tsx'
import { HistoryCard } from '#components/clients/history-card.tsx'
import { ImpactList } from '#components/clients/impact-list.tsx'
import { NeedsPermission } from '#components/clients/needs-permission.tsx'
import { RestrictionCard } from '#components/clients/restriction-card.tsx'
import { ProtocolCards } from '#components/protocol/protocol-cards.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { FormActions, SubmitButton } from '#components/ui/form.tsx'
import { getRestriction } from '#lib/alerts/index.ts'
import { clientImpact } from '#lib/clients/index.ts'
import { deleteClientAction, disableClientAction, enableClientAction, renameClientAction } from '#lib/web/clients/client-actions.ts'
import { clientOfPage } from '#lib/web/clients/page-data.ts'
import { requireUserContext } from '#lib/web/context.ts'

type Props = { params: Promise<{ id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations('clients.settings')
  return { title: `${t('title')} · ${(await clientOfPage((await params).id)).name}` }
}

export default async function SettingsPage({ params }: Props) {
  const client = await clientOfPage((await params).id)
  const ctx = await requireUserContext()
  const input = { clientId: client.id }
  const [impact, restriction] = await Promise.all([clientImpact({ ctx, input }), getRestriction({ ctx, input })])
  const [t, common] = await Promise.all([getTranslations('clients.settings'), getTranslations('common')])
  const fields = { clientId: client.id }
  const name = <strong className="font-semibold select-all">{client.name}</strong>
  return (
    <div className="max-w-3xl space-y-6">
      <Card>
        <CardHeader title={t('rename.title')} description={t('rename.description')} />
        <CardBody>
          <NeedsPermission has={client.permissions} permission="clients.update">
            <ActionForm action={renameClientAction} fields={{ ...fields, version: String(client.version) }}>
              <FormTextField label={t('rename.name')} name="name" required maxLength={400} defaultValue={client.name} autoComplete="off" />
              <FormActions>
                <SubmitButton>{common('save')}</SubmitButton>
              </FormActions>
            </ActionForm>
          </NeedsPermission>
        </CardBody>
      </Card>
      <ProtocolCards client={client} />
      <Card>
        <CardHeader title={t(`${client.status}.title`)} description={t(`${client.status}.description`)} />
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
              <ActionForm action={enableClientAction} fields={fields}>
                <SubmitButton>{t('disabled.submit')}</SubmitButton>
              </ActionForm>
            )}
          </NeedsPermission>
        </CardBody>
      </Card>
      <HistoryCard client={client} />
      <RestrictionCard client={client} impact={impact} restriction={restriction} isOperator={ctx.actor.isOperator} />
      <Card>
        <CardHeader title={t('delete.title')} description={t('delete.description')} />
        <CardBody>
          <NeedsPermission has={client.permissions} permission="clients.delete">
            <Confirm
              id="delete"
              trigger={t('delete.trigger')}
              triggerVariant="danger"
              triggerSize="md"
              title={t('delete.question', { name: client.name })}
              confirm={t('delete.confirm')}
              cancel={common('cancel')}
              action={deleteClientAction}
              fields={fields}
            >
              <p>{t('delete.breaks')}</p>
              <ImpactList impact={impact} />
              <FormTextField
                label={t.rich('delete.type', { name: () => name })}
                name="name"
                required
                autoComplete="off"
                spellCheck={false}
              />
            </Confirm>
          </NeedsPermission>
        </CardBody>
      </Card>
    </div>
  )
}
