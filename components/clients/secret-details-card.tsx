import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/forms/action-form.tsx'
import { FormTextField } from '#components/forms/form-fields.tsx'
import { NeedsPermission } from '#components/forms/needs-permission.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { FormActions, SubmitButton } from '#components/ui/form.tsx'
import type { ClientDetail, SecretDto } from '#lib/clients/index.ts'
import { editSecretAction } from '#lib/web/clients/secret-actions.ts'

/** What a secret is for, and when it ends by itself. */
export async function SecretDetailsCard({ client, secret }: { client: ClientDetail; secret: SecretDto }) {
  const [t, common] = await Promise.all([getTranslations('secrets'), getTranslations('common')])
  const expiresAt = secret.expiresAt?.slice(0, 16) ?? ''
  const fields = { clientId: client.id, secretId: secret.id, shownExpiresAt: expiresAt }
  return (
    <Card className="max-w-2xl">
      <CardHeader id="details" title={t('details.title')} description={t('details.description')} />
      <CardBody>
        <NeedsPermission has={client.permissions} permission="secrets.manage">
          <ActionForm action={editSecretAction} fields={fields}>
            <div className="grid gap-4 sm:grid-cols-2">
              <FormTextField
                label={t('label')}
                name="label"
                optional={common('optional')}
                autoComplete="off"
                defaultValue={secret.label ?? ''}
              />
              <FormTextField
                label={t('details.expires')}
                hint={t('details.expiresHint')}
                name="expiresAt"
                type="datetime-local"
                optional={common('optional')}
                defaultValue={expiresAt}
              />
            </div>
            <FormActions>
              <SubmitButton variant="secondary">{common('save')}</SubmitButton>
            </FormActions>
          </ActionForm>
        </NeedsPermission>
      </CardBody>
    </Card>
  )
}
