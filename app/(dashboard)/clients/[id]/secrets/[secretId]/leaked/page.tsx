import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { LeakForm } from '#components/clients/leak-form.tsx'
import { FormCheckboxField } from '#components/forms/form-fields.tsx'
import { NeedsPermission } from '#components/forms/needs-permission.tsx'
import { withNotFound, withNotFoundTitle } from '#components/shell/with-not-found.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { FormActions, SubmitButton } from '#components/ui/form.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import { clientImpact } from '#lib/clients/index.ts'
import { clientOfPage } from '#lib/web/clients/page-data.ts'
import { reportLeakAction } from '#lib/web/clients/secret-actions.ts'
import { requireUserContext } from '#lib/web/context.ts'
import { ClientMessages } from '#lib/web/i18n/client-messages.tsx'

type Props = { params: Promise<{ id: string; secretId: string }> }

export const generateMetadata = withNotFoundTitle(async ({ params }: Props): Promise<Metadata> => {
  const { id, secretId } = await params
  const client = await clientOfPage(id)
  if (!client.secrets.some((one) => one.id === secretId)) notFound()
  return { title: `${(await getTranslations('secrets.leak'))('title')} · ${client.name}` }
})

/** The one step for a secret that leaked, with what it breaks before and what it did after, also without JavaScript. */
async function LeakedSecretPage({ params }: Props) {
  const { id, secretId } = await params
  const client = await clientOfPage(id)
  const secret = client.secrets.find((one) => one.id === secretId)
  if (!secret) notFound()
  const impact = await clientImpact({ ctx: await requireUserContext(), input: { clientId: client.id } })
  const [t, common] = await Promise.all([getTranslations('secrets.leak'), getTranslations('common')])
  const { hint, lastUsedAt, lastUsedIp } = secret
  const time = () => <RelativeTime date={new Date(lastUsedAt ?? 0)} />
  return (
    <Card className="max-w-2xl">
      <CardHeader title={t('heading', { hint })} description={t('description')} />
      <CardBody>
        <ClientMessages namespaces={['secrets']}>
          <NeedsPermission has={client.permissions} permission="secrets.manage">
            <NeedsPermission has={client.permissions} permission="tokens.revoke">
              <LeakForm action={reportLeakAction} clientId={client.id} secretId={secretId}>
                <p>{t('breaks')}</p>
                <ul className="list-disc space-y-1 pl-5 marker:text-muted">
                  <li>{lastUsedAt ? t.rich('thisSecret', { hint, time, ip: lastUsedIp ?? '–' }) : t('thisSecretUnused', { hint })}</li>
                  <li>{t('tokens', { count: impact.tokens })}</li>
                </ul>
                <NeedsPermission has={client.permissions} permission="clients.update">
                  <FormCheckboxField
                    name="disableClient"
                    label={t('disable')}
                    hint={t('disableHint', { count: impact.liveDomains })}
                    disabled={client.status === 'disabled'}
                  />
                </NeedsPermission>
                <FormActions>
                  <SubmitButton variant="danger">{t('submit')}</SubmitButton>
                  <ButtonLink href={`/clients/${client.id}/secrets`}>{common('cancel')}</ButtonLink>
                </FormActions>
              </LeakForm>
            </NeedsPermission>
          </NeedsPermission>
        </ClientMessages>
      </CardBody>
    </Card>
  )
}

export default withNotFound(LeakedSecretPage)
