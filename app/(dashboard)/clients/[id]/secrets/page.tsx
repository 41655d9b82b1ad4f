import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { KeepFresh } from '#components/clients/keep-fresh.tsx'
import { NewSecret } from '#components/clients/new-secret.tsx'
import { overlapOf } from '#components/clients/secret-overlap.tsx'
import { SecretTable } from '#components/clients/secret-table.tsx'
import { FormSelectField, FormTextField } from '#components/forms/form-fields.tsx'
import { NeedsPermission } from '#components/forms/needs-permission.tsx'
import { withNotFound, withNotFoundTitle } from '#components/shell/with-not-found.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { FormActions, SubmitButton } from '#components/ui/form.tsx'
import { clientOfPage } from '#lib/web/clients/page-data.ts'
import { createSecretAction } from '#lib/web/clients/secret-actions.ts'
import { snippetValues } from '#lib/web/clients/snippet-values.ts'
import { ClientMessages } from '#lib/web/i18n/client-messages.tsx'

type Props = { params: Promise<{ id: string }> }

export const generateMetadata = withNotFoundTitle(async ({ params }: Props): Promise<Metadata> => {
  const t = await getTranslations('secrets')
  return { title: `${t('title')} · ${(await clientOfPage((await params).id)).name}` }
})

async function SecretsPage({ params }: Props) {
  const client = await clientOfPage((await params).id)
  const [t, common] = await Promise.all([getTranslations('secrets'), getTranslations('common')])
  if (client.type === 'public') {
    return (
      <Card>
        <EmptyState title={t('public.title')} description={t('public.description')} />
      </Card>
    )
  }
  return (
    <>
      <Card>
        <CardHeader title={t('title')} description={t('description')} />
        {client.secrets.length === 0 ? (
          <EmptyState title={t('empty.title')} description={t('empty.description')} />
        ) : (
          <>
            {client.secrets.some((secret) => overlapOf(secret, client.secrets)) ? <KeepFresh seconds={30} /> : null}
            <SecretTable clientId={client.id} secrets={client.secrets} domains={client.domains} permissions={client.permissions} />
          </>
        )}
      </Card>
      <Card>
        <CardHeader title={t('create.title')} description={t('create.description')} />
        <CardBody>
          <ClientMessages namespaces={['secrets']}>
            <NeedsPermission has={client.permissions} permission="secrets.manage">
              <NewSecret
                action={createSecretAction}
                fields={{ clientId: client.id }}
                values={snippetValues(client)}
                back={`/clients/${client.id}/secrets`}
              >
                <div className="grid gap-4 sm:grid-cols-3">
                  <FormSelectField
                    label={t('mode')}
                    name="mode"
                    defaultValue="test"
                    options={[
                      { value: 'test', label: t('modes.test') },
                      { value: 'live', label: t('modes.live') },
                    ]}
                  />
                  <FormTextField label={t('label')} name="label" optional={common('optional')} autoComplete="off" />
                  <FormTextField label={t('expires')} name="expiresAt" type="date" optional={common('optional')} />
                </div>
                <FormActions>
                  <SubmitButton>{t('create.submit')}</SubmitButton>
                </FormActions>
              </NewSecret>
            </NeedsPermission>
          </ClientMessages>
        </CardBody>
      </Card>
    </>
  )
}

export default withNotFound(SecretsPage)
