import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/forms/action-form.tsx'
import { NeedsPermission } from '#components/forms/needs-permission.tsx'
import { ClientLogo } from '#components/interaction/client-logo.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { FormActions, SubmitButton } from '#components/ui/form.tsx'
import type { ClientDetail } from '#lib/clients/index.ts'
import { MAX_LOGO_BYTES } from '#lib/clients/schemas.ts'
import { removeLogoAction, setLogoAction } from '#lib/web/clients/settings-actions.ts'
import { FormFileField } from './file-field.tsx'

/** The picture that people see when they log in. */
export async function LogoCard({ client }: { client: ClientDetail }) {
  const t = await getTranslations('clients.settings.logo')
  const fields = { clientId: client.id, version: String(client.version) }
  return (
    <Card>
      <CardHeader title={t('title')} description={t('description')} />
      <CardBody>
        <div className="flex flex-wrap items-start gap-x-6 gap-y-4">
          <ClientLogo name={client.name} logoUri={client.logoUri} />
          <div className="min-w-0 flex-1 basis-60 space-y-3">
            <NeedsPermission has={client.permissions} permission="clients.update">
              <ActionForm action={setLogoAction} name="logo" fields={fields}>
                <FormFileField
                  label={t('file')}
                  hint={t('hint')}
                  name="logo"
                  accept="image/png,image/jpeg,image/webp"
                  maxBytes={MAX_LOGO_BYTES}
                  tooLarge={t('tooLarge')}
                />
                <FormActions>
                  <SubmitButton variant="secondary">{t('upload')}</SubmitButton>
                </FormActions>
              </ActionForm>
              {client.logoUri ? (
                <ActionForm action={removeLogoAction} name="remove-logo" fields={fields} className="mt-3">
                  <SubmitButton variant="ghost" size="sm">
                    {t('remove')}
                  </SubmitButton>
                </ActionForm>
              ) : null}
            </NeedsPermission>
          </div>
        </div>
      </CardBody>
    </Card>
  )
}
