import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/forms/action-form.tsx'
import { FormCheckboxField } from '#components/forms/form-fields.tsx'
import { NeedsPermission } from '#components/forms/needs-permission.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { FormActions, SubmitButton } from '#components/ui/form.tsx'
import type { ClientDetail, SecretDto } from '#lib/clients/index.ts'
import { secretDomainsAction } from '#lib/web/clients/secret-actions.ts'

/** On which of the client's domains a secret works. */
export async function SecretDomainsCard({ client, secret }: { client: ClientDetail; secret: SecretDto }) {
  const [t, common] = await Promise.all([getTranslations('secrets.domains'), getTranslations('common')])
  return (
    <Card className="max-w-2xl">
      <CardHeader id="domains" title={t('title')} description={t('description')} />
      <CardBody>
        <NeedsPermission has={client.permissions} permission="secrets.manage">
          <ActionForm action={secretDomainsAction} fields={{ clientId: client.id, secretId: secret.id }}>
            <fieldset className="space-y-3">
              <legend className="mb-2 font-medium">{t('legend')}</legend>
              {client.domains.map(({ id, host, mode }) => (
                <FormCheckboxField
                  key={id}
                  name="domainIds"
                  value={id}
                  defaultChecked={secret.domainIds.includes(id)}
                  label={host}
                  hint={mode === secret.mode ? undefined : t('otherMode')}
                />
              ))}
            </fieldset>
            <FormActions>
              <SubmitButton variant="secondary">{common('save')}</SubmitButton>
            </FormActions>
          </ActionForm>
        </NeedsPermission>
      </CardBody>
    </Card>
  )
}
