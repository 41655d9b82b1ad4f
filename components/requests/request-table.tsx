'use client'

import { clsx } from 'clsx'
import { useFormatter, useTranslations } from 'next-intl'
import type { MouseEvent, ReactNode } from 'react'
import { Badge } from '#components/ui/badge.tsx'
import { PageLink } from '#components/ui/page-link.tsx'
import { Table, TableBody, TableHead, TableHeader } from '#components/ui/table.tsx'
import type { RequestSummary } from '#lib/requests/index.ts'
import { Decision, HttpStatus } from './decision-badge.tsx'
import { LogTime } from './log-time.tsx'

export type RequestTableProps = {
  requests: readonly RequestSummary[]
  /** With the column of the client: for the log of a team. */
  withClient: boolean
  /** Those that came while one was looking. */
  fresh?: ReadonlySet<string>
  onOpen?: (event: MouseEvent<HTMLAnchorElement>, requestId: string) => void
}

/** Requests, one line each; on a phone one card each. */
export function RequestTable({ requests, withClient, fresh, onOpen }: RequestTableProps) {
  const t = useTranslations('requests')
  const columns = ['time', 'request', 'status', 'decision', ...(withClient ? ['client'] : []), 'domain', 'mode', 'ip', 'duration']
  return (
    <Table label={t('title')} className="max-md:block">
      <TableHead>
        {columns.map((column) => (
          <TableHeader key={column} className="max-md:sr-only" numeric={column === 'duration'}>
            {t(`columns.${column}`)}
          </TableHeader>
        ))}
      </TableHead>
      <TableBody>
        {requests.map((request) => (
          <Line
            key={request.requestId}
            request={request}
            withClient={withClient}
            fresh={fresh?.has(request.requestId) ?? false}
            onOpen={onOpen}
          />
        ))}
      </TableBody>
    </Table>
  )
}

function Line({
  request,
  withClient,
  fresh,
  onOpen,
}: { request: RequestSummary; fresh: boolean } & Omit<RequestTableProps, 'requests' | 'fresh'>) {
  const t = useTranslations('requests')
  const format = useFormatter()
  const { requestId, method, path, status, decision, client, domain, mode, ip, durationMs } = request
  const href = `/requests/${encodeURIComponent(requestId)}`
  return (
    <tr
      className={clsx(
        'relative transition-colors hover:bg-sunken/70 max-md:flex max-md:flex-wrap max-md:items-center max-md:gap-x-3 max-md:gap-y-1 max-md:px-4 max-md:py-3',
        fresh && 'bg-accent-soft',
      )}
    >
      <Cell className="text-[0.8125rem] text-muted">
        <LogTime at={request.at} />
      </Cell>
      <Cell className="min-w-48 max-md:order-first max-md:w-full">
        <PageLink
          href={href}
          prefetch={false}
          onClick={onOpen && ((event) => onOpen(event, requestId))}
          className="font-mono text-[0.8125rem] break-all after:absolute after:inset-0 hover:underline"
        >
          <span className="text-muted">{method}</span> {path}
        </PageLink>
      </Cell>
      <Cell>
        <HttpStatus status={status} />
      </Cell>
      <Cell>
        <Decision code={decision} />
      </Cell>
      {withClient ? <Cell className="max-w-40 truncate">{client ? (client.name ?? client.id) : <None />}</Cell> : null}
      <Cell className="max-w-44 truncate" title={domain?.host}>
        {domain ? domain.host : <None />}
      </Cell>
      <Cell>{mode ? <Badge tone={mode === 'live' ? 'info' : 'neutral'}>{t(`mode.${mode}`)}</Badge> : <None />}</Cell>
      <Cell className="font-mono text-xs whitespace-nowrap">{ip ?? <None />}</Cell>
      <Cell className="text-right whitespace-nowrap tabular-nums max-md:text-left">
        {t('duration', { ms: format.number(durationMs, { maximumFractionDigits: durationMs < 10 ? 1 : 0 }) })}
      </Cell>
    </tr>
  )
}

function Cell({ className, title, children }: { className?: string; title?: string | undefined; children: ReactNode }) {
  return (
    <td title={title} className={clsx('align-middle md:h-10 md:px-3 md:py-1.5 md:first:pl-5 md:last:pr-5', className)}>
      {children}
    </td>
  )
}

/** Nothing to show here; on a card it takes no room. */
function None() {
  const t = useTranslations('requests')
  return <span className="text-muted max-md:sr-only">{t('none')}</span>
}
