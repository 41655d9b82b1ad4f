import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/forms/action-form.tsx'
import { FormTextareaField, FormTextField } from '#components/forms/form-fields.tsx'
import { NeedsPermission } from '#components/forms/needs-permission.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { FormActions, SubmitButton } from '#components/ui/form.tsx'
import type { ClientDetail } from '#lib/clients/index.ts'
import { updateClientAction } from '#lib/web/clients/settings-actions.ts'

/** Name and description. */
export async function GeneralCard({ client }: { client: ClientDetail }) {
  const [t, common] = await Promise.all([getTranslations('clients.settings'), getTranslations('common')])
  return (
    <Card>
      <CardHeader title={t('general.title')} description={t('general.description')} />
      <CardBody>
        <NeedsPermission has={client.permissions} permission="clients.update">
          <ActionForm action={updateClientAction} name="general" fields={{ clientId: client.id, version: String(client.version) }}>
            <FormTextField label={t('rename.name')} name="name" required maxLength={400} defaultValue={client.name} autoComplete="off" />
            <FormTextareaField
              label={t('general.text')}
              hint={t('general.textHint')}
              name="description"
              optional={common('optional')}
              rows={3}
              maxLength={2000}
              defaultValue={client.description ?? ''}
            />
            <FormActions>
              <SubmitButton>{common('save')}</SubmitButton>
            </FormActions>
          </ActionForm>
        </NeedsPermission>
      </CardBody>
    </Card>
  )
}
