'use client'

import { useTranslations } from 'next-intl'
import { Alert } from '#components/ui/alert.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Card, CardBody, CardFooter, CardHeader } from '#components/ui/card.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { CopyField } from '#components/ui/copy-field.tsx'
import type { CreatedClientResult } from '#lib/web/clients/client-actions.ts'
import { envSnippet } from './env-snippet.ts'
import { FirstSteps } from './first-steps.tsx'
import { NextSteps } from './next-steps.tsx'
import { SnippetList } from './snippet-list.tsx'

/** The quickstart right after creating: the credentials, this once, and what to do with them. */
export function CreatedClient({ client }: { client: CreatedClientResult }) {
  const t = useTranslations('quickstart')
  const { id, kind, secret } = client
  const confidential = kind === 'web' || kind === 'machine'
  const intro = kind === 'machine' ? 'machine' : confidential ? 'confidential' : 'public'
  return (
    <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_20rem] lg:items-start">
      <div className="min-w-0 space-y-6">
        <Card>
          <CardHeader title={t('title', { name: client.name })} description={t(intro)} actions={<Badge>{t('testMode')}</Badge>} />
          <CardBody className="space-y-4">
            <CopyField label={t('clientId')} value={id} />
            {secret === null ? null : (
              <>
                <CopyField label={t('clientSecret')} value={secret} />
                <Alert tone="warning" role="status">
                  {t('once')}
                </Alert>
              </>
            )}
            {client.repeated && confidential ? (
              <Alert
                tone="warning"
                role="alert"
                actions={
                  <ButtonLink size="sm" href={`/clients/${id}/secrets`}>
                    {t('againAction')}
                  </ButtonLink>
                }
              >
                {t('again')}
              </Alert>
            ) : null}
            <p className="text-muted">{t('values.modeText')}</p>
          </CardBody>
          <CardFooter>
            <span className="flex flex-wrap gap-2">
              <CopyButton value={envSnippet(client)}>{t('copyEnv')}</CopyButton>
            </span>
            <ButtonLink href={`/clients/${id}`} variant="primary" size="sm">
              {t('toClient')}
            </ButtonLink>
          </CardFooter>
        </Card>
        <SnippetList client={client} />
      </div>
      <div className="space-y-6">
        <FirstSteps clientId={id} kind={kind} />
        <NextSteps clientId={id} kind={kind} />
      </div>
    </div>
  )
}
