import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ModeBadge } from '#components/clients/badges.tsx'
import { envSnippet } from '#components/clients/env-snippet.ts'
import { FirstSteps } from '#components/clients/first-steps.tsx'
import { NextSteps } from '#components/clients/next-steps.tsx'
import { SnippetList } from '#components/clients/snippet-list.tsx'
import { withNotFound, withNotFoundTitle } from '#components/shell/with-not-found.tsx'
import { Card, CardBody, CardFooter, CardHeader } from '#components/ui/card.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { CopyField } from '#components/ui/copy-field.tsx'
import { TextLink } from '#components/ui/link.tsx'
import { firstUsesOfClient } from '#lib/usage/index.ts'
import { clientOfPage } from '#lib/web/clients/page-data.ts'
import { snippetValues } from '#lib/web/clients/snippet-values.ts'
import { requireUserContext } from '#lib/web/context.ts'
import { ClientMessages } from '#lib/web/i18n/client-messages.tsx'

type Props = { params: Promise<{ id: string }> }

export const generateMetadata = withNotFoundTitle(async ({ params }: Props): Promise<Metadata> => {
  const t = await getTranslations('quickstart')
  return { title: `${t('pageTitle')} · ${(await clientOfPage((await params).id)).name}` }
})

/** What the page after creating showed, without the secret. */
async function QuickstartPage({ params }: Props) {
  const client = await clientOfPage((await params).id)
  const [uses, t] = await Promise.all([
    firstUsesOfClient({ ctx: await requireUserContext(), input: { clientId: client.id } }),
    getTranslations('quickstart'),
  ])
  const values = { ...snippetValues(client), secret: null }
  const domain = client.domains.find(({ primary }) => primary) ?? client.domains[0]
  return (
    <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_20rem] lg:items-start">
      <div className="min-w-0 space-y-6">
        <Card>
          <CardHeader title={t('values.title')} actions={domain ? <ModeBadge mode={domain.mode} /> : null} />
          <CardBody className="space-y-4">
            <CopyField label={t('clientId')} value={client.id} />
            <CopyField label={t('values.issuer')} value={`${values.origin}/oidc`} />
            {values.redirectUri ? <CopyField label={t('values.redirect')} value={values.redirectUri} /> : null}
            {client.type === 'confidential' ? (
              <p className="text-muted">
                {t.rich('noSecret', { link: (text) => <TextLink href={`/clients/${client.id}/secrets`}>{text}</TextLink> })}
              </p>
            ) : (
              <p className="text-muted">{t('public')}</p>
            )}
          </CardBody>
          <CardFooter>
            <span className="flex flex-wrap gap-2">
              <CopyButton value={envSnippet(values)}>{t('copyEnv')}</CopyButton>
            </span>
          </CardFooter>
        </Card>
        <SnippetList client={values} />
      </div>
      <div className="space-y-6">
        <ClientMessages namespaces={['quickstart']}>
          <FirstSteps clientId={client.id} kind={values.kind} initial={uses} />
        </ClientMessages>
        <NextSteps clientId={client.id} kind={values.kind} />
      </div>
    </div>
  )
}

export default withNotFound(QuickstartPage)
