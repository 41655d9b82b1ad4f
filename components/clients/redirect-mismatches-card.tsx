import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/forms/action-form.tsx'
import { Card, CardHeader } from '#components/ui/card.tsx'
import { SubmitButton } from '#components/ui/form.tsx'
import { TextLink } from '#components/ui/link.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import type { RedirectMismatch } from '#lib/refusals/index.ts'
import type { Permission } from '#lib/teams/index.ts'
import { addRedirectUriAction } from '#lib/web/clients/domain-actions.ts'

export type RedirectMismatchesCardProps = { clientId: string; mismatches: readonly RedirectMismatch[]; permissions: readonly Permission[] }

/** Addresses that were refused lately, each with the button that registers it, or why that would not do. */
export async function RedirectMismatchesCard({ clientId, mismatches, permissions }: RedirectMismatchesCardProps) {
  if (mismatches.length === 0) return null
  const [t, fields] = await Promise.all([getTranslations('domains.uris'), getTranslations('clients.fields')])
  const reason = ({ uri, problem, cut }: RedirectMismatch) => {
    if (cut) return t('seen.cut')
    return problem ? fields(problem, { host: URL.parse(uri)?.host ?? uri, max: 2000 }) : null
  }
  return (
    <Card>
      <CardHeader title={t('seen.title')} description={t('seen.description')} />
      <ul aria-label={t('seen.title')} className="divide-y divide-line">
        {mismatches.map((one, index) => {
          const why = reason(one)
          const time = () => <RelativeTime date={new Date(one.lastAt)} />
          return (
            <li key={`${one.kind} ${one.uri} ${one.cut}`} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-5 py-3">
              <div className="min-w-0 flex-1 basis-72">
                <code id={`seen-${index}`} className="font-mono text-[0.8125rem] break-all">
                  {one.uri}
                  {one.cut ? '…' : ''}
                </code>
                <p className="text-[0.8125rem] text-muted">
                  {t(`kinds.${one.kind}`)} · {t.rich('seen.count', { count: one.count, callers: one.callers, time })} ·{' '}
                  <TextLink href={`/requests/${one.requestId}`}>{t('seen.request')}</TextLink>
                </p>
                {why ? <p className="text-[0.8125rem] text-warning-text">{why}</p> : null}
              </div>
              {why ? null : (
                <ActionForm
                  action={addRedirectUriAction}
                  name={`seen-${index}`}
                  fields={{ clientId, uri: one.uri, kind: one.kind }}
                  className=""
                >
                  <SubmitButton
                    variant="secondary"
                    size="sm"
                    disabled={!permissions.includes('domains.manage')}
                    aria-describedby={`seen-${index}`}
                  >
                    {t('seen.add')}
                  </SubmitButton>
                </ActionForm>
              )}
            </li>
          )
        })}
      </ul>
    </Card>
  )
}
