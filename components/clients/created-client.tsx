'use client'

import { useTranslations } from 'next-intl'
import { Alert } from '#components/ui/alert.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Card, CardBody, CardFooter, CardHeader } from '#components/ui/card.tsx'
import { CodeBlock } from '#components/ui/code-block.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { CopyField } from '#components/ui/copy-field.tsx'
import type { CreatedClientResult } from '#lib/web/clients/client-actions.ts'
import { curlSnippet, envSnippet, nodeSnippet } from './snippets.ts'

/** The credentials, this once, and what to do with them. */
export function CreatedClient({ client }: { client: CreatedClientResult }) {
  const t = useTranslations('quickstart')
  const confidential = client.secret !== null
  return (
    <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_20rem] lg:items-start">
      <div className="min-w-0 space-y-6">
        <Card>
          <CardHeader
            title={t('title', { name: client.name })}
            description={confidential ? t('confidential') : t('public')}
            actions={confidential ? <Badge>{t('testMode')}</Badge> : null}
          />
          <CardBody className="space-y-4">
            <CopyField label={t('clientId')} value={client.id} />
            {client.secret === null ? null : (
              <>
                <CopyField label={t('clientSecret')} value={client.secret} />
                <Alert tone="warning" role="status">
                  {t('once')}
                </Alert>
              </>
            )}
          </CardBody>
          <CardFooter>
            <span className="flex flex-wrap gap-2">
              <CopyButton value={envSnippet(client)}>{t('copyEnv')}</CopyButton>
            </span>
            <ButtonLink href={`/clients/${client.id}`} variant="primary" size="sm">
              {t('toClient')}
            </ButtonLink>
          </CardFooter>
        </Card>
        <Card>
          <CardHeader title={t('snippets.title')} description={t('snippets.description')} />
          <CardBody className="space-y-4">
            <CodeBlock copyLabel={t('snippets.copy')} label={t('snippets.node')} code={nodeSnippet(client)} />
            {confidential ? <CodeBlock copyLabel={t('snippets.copy')} label={t('snippets.curl')} code={curlSnippet(client)} /> : null}
          </CardBody>
        </Card>
      </div>
      <Card>
        <CardHeader title={t('next.title')} />
        <CardBody>
          <ol className="list-decimal space-y-3 pl-5 marker:text-muted">
            {(confidential ? (['keep', 'redirect', 'login', 'live'] as const) : (['redirect', 'login', 'live'] as const)).map((step) => (
              <li key={step}>{t(`next.${step}`)}</li>
            ))}
          </ol>
          <ButtonLink href={`/clients/${client.id}/redirect-uris`} className="mt-4">
            {t('next.addRedirectUri')}
          </ButtonLink>
        </CardBody>
      </Card>
    </div>
  )
}
