'use client'

import { useFormatter, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { useFormState } from '#components/forms/action-form.tsx'
import { Alert } from '#components/ui/alert.tsx'
import { TextLink } from '#components/ui/link.tsx'
import type { DomainPreview as Preview } from '#lib/gate/index.ts'
import type { DomainPreviewResult } from '#lib/web/clients/domain-actions.ts'
import type { FormState } from '#lib/web/form-state.ts'

type Known = Extract<Preview, { known: true }>

/** In the form of a domain: what the change that was tried would have refused, and the note that the person has seen it. */
export function DomainPreview() {
  const { result } = useFormState() as FormState<DomainPreviewResult>
  const t = useTranslations('domainPreview')
  if (!result) return null
  const { preview, of } = result
  const seen = <input type="hidden" name="previewed" value={of} />
  if (!preview.known) {
    return (
      <Alert tone="warning" role="status" title={t('unknown.title')}>
        {t('unknown.text')}
        {seen}
      </Alert>
    )
  }
  const nothing = preview.refused === 0
  return (
    <Alert tone={nothing ? 'success' : 'warning'} role="status" title={t(nothing ? 'nothing' : 'refused', { count: preview.refused })}>
      <p>
        <Looked preview={preview} /> {preview.monitored > 0 ? t('monitored', { count: preview.monitored }) : null}
      </p>
      {nothing ? null : <Refused preview={preview} />}
      <p className="pt-2">{t('unsaved')}</p>
      {seen}
    </Alert>
  )
}

function Looked({ preview }: { preview: Known }) {
  const t = useTranslations('domainPreview')
  const format = useFormatter()
  if (preview.complete) return t('looked', { count: preview.examined })
  const since = format.dateTime(new Date(preview.since), { dateStyle: 'short', timeStyle: 'short' })
  return t('lookedPart', { count: preview.examined, since })
}

function Refused({ preview: { codes, details } }: { preview: Known }) {
  const t = useTranslations('domainPreview')
  const format = useFormatter()
  const share = ({ name, count }: { name: string; count: number }) => (
    <li key={name}>
      {t.has(`codes.${name}`) ? t(`codes.${name}`) : <code className="font-mono text-xs">{name}</code>}: <Count value={count} />
    </li>
  )
  return (
    <div className="grid gap-x-6 gap-y-3 pt-2 sm:grid-cols-3">
      <Group title={t('byReason')}>{codes.map(share)}</Group>
      {details ? (
        <>
          <Group title={t('byAddress')}>{details.addresses.map(share)}</Group>
          <Group title={t('byEndpoint')}>{details.endpoints.map(share)}</Group>
          <div className="sm:col-span-3">
            <Group title={t('latest')}>
              {details.samples.map(({ requestId, at, method, path, ip }) => (
                <li key={requestId}>
                  <time dateTime={at} className="tabular-nums">
                    {format.dateTime(new Date(at), { timeStyle: 'medium', dateStyle: 'short' })}
                  </time>{' '}
                  <code className="font-mono text-xs">
                    {method} {path}
                  </code>{' '}
                  {ip ?? '–'}{' '}
                  <TextLink href={`/requests/${requestId}`} className="font-mono text-xs">
                    {requestId}
                  </TextLink>
                </li>
              ))}
            </Group>
          </div>
        </>
      ) : (
        <p className="sm:col-span-2">{t('noDetails')}</p>
      )}
    </div>
  )
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <p className="font-medium">{title}</p>
      <ul className="list-disc pl-5 text-[0.8125rem] [overflow-wrap:anywhere] marker:text-muted">{children}</ul>
    </div>
  )
}

function Count({ value }: { value: number }) {
  return <span className="tabular-nums">{useFormatter().number(value)}</span>
}
