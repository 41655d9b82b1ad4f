import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { NewSecret } from '#components/clients/new-secret.tsx'
import { SecretDetailsCard } from '#components/clients/secret-details-card.tsx'
import { SecretDomainsCard } from '#components/clients/secret-domains-card.tsx'
import { FormRadioField } from '#components/forms/form-fields.tsx'
import { NeedsPermission } from '#components/forms/needs-permission.tsx'
import { withNotFound, withNotFoundTitle } from '#components/shell/with-not-found.tsx'
import { Alert } from '#components/ui/alert.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { FormActions, SubmitButton } from '#components/ui/form.tsx'
import { clientOfPage } from '#lib/web/clients/page-data.ts'
import { rotateSecretAction } from '#lib/web/clients/secret-actions.ts'
import { snippetValues } from '#lib/web/clients/snippet-values.ts'
import { ClientMessages } from '#lib/web/i18n/client-messages.tsx'

type Props = { params: Promise<{ id: string; secretId: string }> }

const OVERLAPS = ['now', '1h', '24h', '7d'] as const

export const generateMetadata = withNotFoundTitle(async ({ params }: Props): Promise<Metadata> => {
  const { id, secretId } = await params
  const client = await clientOfPage(id)
  const { hint } = client.secrets.find((one) => one.id === secretId) ?? notFound()
  const t = await getTranslations('secrets.manage')
  return { title: `${t('title', { hint })} · ${client.name}` }
})

/** One secret. Rotation is here, so that the new secret has a place to be shown once, with and without JavaScript. */
async function SecretPage({ params }: Props) {
  const { id, secretId } = await params
  const client = await clientOfPage(id)
  const secret = client.secrets.find((one) => one.id === secretId)
  if (!secret) notFound()
  const [t, common] = await Promise.all([getTranslations('secrets.rotate'), getTranslations('common')])
  const back = `/clients/${client.id}/secrets`
  if (secret.state === 'revoked' || secret.state === 'expired') {
    const secrets = await getTranslations('secrets')
    const actions = (
      <>
        <ButtonLink href={back}>{secrets('back')}</ButtonLink>
        <ButtonLink href={`${back}/${secretId}/leaked`}>{secrets('leak.trigger')}</ButtonLink>
      </>
    )
    return (
      <Alert tone="neutral" title={secrets('manage.title', { hint: secret.hint })} actions={actions}>
        {secrets('dead')}
      </Alert>
    )
  }
  return (
    <>
      <Card className="max-w-2xl">
        <CardHeader title={t('heading', { hint: secret.hint })} description={t('description')} />
        <CardBody>
          <ClientMessages namespaces={['secrets']}>
            <NeedsPermission has={client.permissions} permission="secrets.manage">
              <NewSecret action={rotateSecretAction} fields={{ clientId: client.id, secretId }} values={snippetValues(client)} back={back}>
                <fieldset className="space-y-3">
                  <legend className="mb-2 font-medium">{t('overlap')}</legend>
                  {OVERLAPS.map((overlap) => (
                    <FormRadioField
                      key={overlap}
                      name="overlap"
                      value={overlap}
                      defaultChecked={overlap === '24h'}
                      label={t(`overlaps.${overlap}`)}
                    />
                  ))}
                </fieldset>
                <FormActions>
                  <SubmitButton>{t('submit')}</SubmitButton>
                  <ButtonLink href={back}>{common('cancel')}</ButtonLink>
                </FormActions>
              </NewSecret>
            </NeedsPermission>
          </ClientMessages>
        </CardBody>
      </Card>
      <SecretDetailsCard client={client} secret={secret} />
      <SecretDomainsCard client={client} secret={secret} />
    </>
  )
}

export default withNotFound(SecretPage)
