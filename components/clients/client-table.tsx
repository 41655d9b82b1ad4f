import { useFormatter, useTranslations } from 'next-intl'
import { getTranslations } from 'next-intl/server'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { type Direction, sortLink } from '#components/ui/sort.ts'
import { SortBy } from '#components/ui/sort-by.tsx'
import { Sparkline } from '#components/ui/sparkline.tsx'
import { RowLink, Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import type { ClientSummary } from '#lib/clients/index.ts'
import type { RecentUsage } from '#lib/usage/index.ts'
import { ModeBadge, StatusBadge } from './badges.tsx'
import { type ListQuery, listHref } from './list-query.ts'
import { RestoreButton } from './restore-button.tsx'

type Column = 'name' | 'created' | 'lastUsed' | 'requests'
const SORTS = { name: 'name', created: 'created', lastUsed: 'used', requests: 'requests' } as const
type Sort = (typeof SORTS)[Column]

export type ClientTableProps = {
  clients: readonly ClientSummary[]
  query: ListQuery
  /** Null: the person may not see usage. */
  usage: ReadonlyMap<string, RecentUsage> | null
  mayRestore: boolean
}

/** One page of a team's clients: a table, and cards on a phone. */
export async function ClientTable({ clients, query, usage, mayRestore }: ClientTableProps) {
  const t = await getTranslations('clients.list')
  const deleted = query.status === 'deleted'
  const now = { sort: query.sort ?? 'created', direction: query.dir }
  const sortOf = (column: Column) =>
    sortLink<Sort>(SORTS[column], now, column === 'name' ? 'asc' : 'desc', (sort, dir: Direction) => listHref(query, { sort, dir }))
  const sortable = (['name', 'requests', 'lastUsed', 'created'] as const).filter((column) => usage || column !== 'requests')
  return (
    <>
      <SortBy orders={sortable.map((column) => ({ label: t(`columns.${column}`), ...sortOf(column) }))} />
      <Table label={t('title')} cards>
        <TableHead>
          <TableHeader sort={sortOf('name')}>{t('columns.name')}</TableHeader>
          <TableHeader>{t('columns.status')}</TableHeader>
          <TableHeader>{t('columns.id')}</TableHeader>
          {usage ? (
            <>
              <TableHeader sort={sortOf('requests')}>{t('columns.requests')}</TableHeader>
              <TableHeader>{t('columns.errors')}</TableHeader>
            </>
          ) : null}
          <TableHeader sort={sortOf('lastUsed')}>{t('columns.lastUsed')}</TableHeader>
          <TableHeader>{t('columns.owner')}</TableHeader>
          <TableHeader sort={sortOf('created')}>{t('columns.created')}</TableHeader>
          {deleted ? <TableHeader>{t('columns.deleted')}</TableHeader> : null}
        </TableHead>
        <TableBody>
          {clients.map((client) => (
            <ClientRow key={client.id} client={client} usage={usage && (usage.get(client.id) ?? NONE)} mayRestore={mayRestore} />
          ))}
        </TableBody>
      </Table>
    </>
  )
}

const NONE: RecentUsage = { requests: 0, failed: 0, errorShare: null, hours: new Array<number>(24).fill(0) }

// Not asynchronous, nor is anything in it: a page of lines that each wait is several times the work for React.
function ClientRow({ client, usage, mayRestore }: { client: ClientSummary; usage: RecentUsage | null; mayRestore: boolean }) {
  const t = useTranslations('clients.list')
  const format = useFormatter()
  const { deletedAt } = client
  return (
    <TableRow interactive={!deletedAt}>
      <TableCell className="max-w-72 min-w-36 [overflow-wrap:anywhere]">
        {deletedAt ? <span className="font-medium">{client.name}</span> : <RowLink href={`/clients/${client.id}`}>{client.name}</RowLink>}
      </TableCell>
      <TableCell data-label={t('columns.status')}>
        <span className="flex flex-wrap gap-1.5">
          {deletedAt ? null : <StatusBadge client={client} />}
          {client.modes.map((mode) => (
            <ModeBadge key={mode} mode={mode} />
          ))}
        </span>
      </TableCell>
      <TableCell data-label={t('columns.id')} className="whitespace-nowrap">
        <span className="flex min-w-0 items-center">
          <code id={`id-${client.id}`} className="truncate font-mono text-xs text-muted">
            {client.id}
          </code>
          <span className="relative z-10">
            <CopyButton value={client.id} iconOnly describedBy={`id-${client.id}`} />
          </span>
        </span>
      </TableCell>
      {usage ? (
        <>
          <TableCell data-label={t('columns.requests')}>
            <span className="flex items-center gap-2.5">
              <Sparkline values={usage.hours} className="h-5 w-16" />
              <span>{format.number(usage.requests)}</span>
            </span>
          </TableCell>
          <TableCell data-label={t('columns.errors')}>
            {usage.errorShare === null ? (
              <span className="text-muted">–</span>
            ) : (
              <span
                className={usage.errorShare >= 0.05 ? 'text-danger-text' : undefined}
                title={t('errorsOf', { share: usage.errorShare, count: usage.requests })}
              >
                {format.number(usage.errorShare, { style: 'percent', maximumFractionDigits: 1 })}
              </span>
            )}
          </TableCell>
        </>
      ) : null}
      <TableCell data-label={t('columns.lastUsed')} className="whitespace-nowrap">
        {client.lastUsedAt ? <RelativeTime date={new Date(client.lastUsedAt)} /> : t('never')}
      </TableCell>
      <TableCell data-label={t('columns.owner')} className="max-w-40 [overflow-wrap:anywhere]">
        {client.owner ?? '–'}
      </TableCell>
      <TableCell data-label={t('columns.created')} className="whitespace-nowrap">
        <RelativeTime date={new Date(client.createdAt)} />
      </TableCell>
      {deletedAt ? (
        <TableCell data-label={t('columns.deleted')}>
          <span className="flex flex-wrap items-center gap-2">
            <RelativeTime date={new Date(deletedAt)} />
            <RestoreButton client={client} allowed={mayRestore} />
          </span>
        </TableCell>
      ) : null}
    </TableRow>
  )
}
