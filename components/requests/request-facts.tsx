import { getFormatter, getTranslations } from 'next-intl/server'
import { useId } from 'react'
import { Badge } from '#components/ui/badge.tsx'
import { Card, CardHeader } from '#components/ui/card.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import type { RequestDetail } from '#lib/requests/index.ts'

/** Everything that was recorded of a request, each value to copy. */
export async function RequestFacts({ request }: { request: RequestDetail }) {
  const [t, all, format] = await Promise.all([getTranslations('explain.facts'), getTranslations('explain'), getFormatter()])
  const { client, domain, secret, detail, proven } = request
  const facts: [term: string, value: string | null, note?: string][] = [
    [t('requestId'), request.requestId],
    [t('time'), request.at],
    [t('request'), `${request.method} ${request.path}`],
    [t('endpoint'), request.endpoint],
    [t('status'), String(request.status)],
    [t('decision'), request.decision],
    [t('client'), client?.id ?? null, proven ? (client?.name ?? undefined) : t('claimed')],
    [t('domain'), domain?.id ?? null, domain?.id ? domain.host : undefined],
    [t('host'), request.host],
    [t('mode'), request.mode],
    [t('secret'), secret?.id ?? null, [secret?.label, secret?.hint && `…${secret.hint}`].filter(Boolean).join(' · ') || undefined],
    [t('sub'), request.sub],
    [t('ip'), request.ip],
    [t('userAgent'), request.userAgent],
    [t('duration'), `${format.number(request.durationMs, { maximumFractionDigits: 2 })} ms`],
    ...Object.entries(detail ?? {}).map(([key, value]): [string, string | null] => [
      all.has(`detailKeys.${key}`) ? all(`detailKeys.${key}`) : key,
      value === null || value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  ]
  return (
    <Card>
      <CardHeader title={t('title')} />
      <dl className="divide-y divide-line">
        {facts.map(([term, value, note]) => (value === null ? null : <Fact key={term} term={term} value={value} note={note} />))}
      </dl>
    </Card>
  )
}

function Fact({ term, value, note }: { term: string; value: string; note: string | undefined }) {
  const id = useId()
  return (
    <div className="flex flex-wrap items-center gap-x-4 px-5 py-1">
      <dt id={id} className="w-36 shrink-0 text-muted">
        {term}
      </dt>
      <dd className="flex min-w-0 flex-1 basis-48 items-center gap-2">
        <code className="min-w-0 font-mono text-[0.8125rem] break-all">{value}</code>
        {note ? <Badge className="max-w-48 truncate">{note}</Badge> : null}
        <span className="ml-auto">
          <CopyButton value={value} iconOnly describedBy={id} />
        </span>
      </dd>
    </div>
  )
}
