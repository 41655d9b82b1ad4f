import { getTranslations } from 'next-intl/server'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { RowLink, Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import type { ClientSummary } from '#lib/clients/index.ts'
import { ModeBadge, StatusBadge } from './badges.tsx'

/** One page of a team's clients. */
export async function ClientTable({ clients }: { clients: readonly ClientSummary[] }) {
  const t = await getTranslations('clients.list')
  return (
    <Table label={t('title')}>
      <TableHead>
        <TableHeader>{t('columns.name')}</TableHeader>
        <TableHeader>{t('columns.status')}</TableHeader>
        <TableHeader>{t('columns.id')}</TableHeader>
        <TableHeader>{t('columns.created')}</TableHeader>
        <TableHeader>{t('columns.lastUsed')}</TableHeader>
      </TableHead>
      <TableBody>
        {clients.map((client) => (
          <TableRow key={client.id} interactive>
            <TableCell className="max-w-80 min-w-40 [overflow-wrap:anywhere]">
              <RowLink href={`/clients/${client.id}`}>{client.name}</RowLink>
            </TableCell>
            <TableCell>
              <span className="flex flex-wrap gap-1.5">
                <StatusBadge client={client} />
                {client.modes.map((mode) => (
                  <ModeBadge key={mode} mode={mode} />
                ))}
              </span>
            </TableCell>
            <TableCell className="whitespace-nowrap">
              <span className="flex items-center gap-1">
                <code id={`id-${client.id}`} className="font-mono text-xs text-muted">
                  {client.id}
                </code>
                <span className="relative z-10">
                  <CopyButton value={client.id} iconOnly describedBy={`id-${client.id}`} />
                </span>
              </span>
            </TableCell>
            <TableCell>
              <RelativeTime date={new Date(client.createdAt)} />
            </TableCell>
            <TableCell>{client.lastUsedAt ? <RelativeTime date={new Date(client.lastUsedAt)} /> : t('never')}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
