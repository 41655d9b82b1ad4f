import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { TicketBadge } from '#components/support/ticket-badge.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { RowLink, Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import { listTickets } from '#lib/tickets/index.ts'
import { operatorContext } from '#lib/web/operator/page-data.ts'
import { one, type Query } from '#lib/web/teams/page-data.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('operator.tickets'))('title') }
}

/** Everyone's questions, last touched first. */
export default async function OperatorTicketsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const ctx = await operatorContext()
  const cursor = one((await searchParams).cursor)
  const [{ tickets, nextCursor }, t] = await Promise.all([
    listTickets({ ctx, input: cursor ? { cursor } : {} }),
    getTranslations('operator.tickets'),
  ])
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      <Card>
        {tickets.length === 0 ? (
          <EmptyState title={t('none')} />
        ) : (
          <Table label={t('title')} cards>
            <TableHead>
              <TableHeader>{t('subject')}</TableHeader>
              <TableHeader>{t('person')}</TableHeader>
              <TableHeader>{t('status')}</TableHeader>
              <TableHeader>{t('updated')}</TableHeader>
            </TableHead>
            <TableBody>
              {tickets.map(({ id, subject, person, status, updatedAt }) => (
                <TableRow key={id} interactive>
                  <TableCell className="min-w-40 [overflow-wrap:anywhere]">
                    <RowLink href={`/operator/tickets/${id}`}>{subject}</RowLink>
                  </TableCell>
                  <TableCell data-label={t('person')} className="[overflow-wrap:anywhere]">
                    {person.email}
                  </TableCell>
                  <TableCell data-label={t('status')}>
                    <TicketBadge status={status} />
                  </TableCell>
                  <TableCell data-label={t('updated')}>
                    <RelativeTime date={updatedAt} />
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        )}
      </Card>
      {nextCursor ? (
        <div className="flex justify-end">
          <ButtonLink href={`/operator/tickets?${new URLSearchParams({ cursor: nextCursor })}`}>{t('next')}</ButtonLink>
        </div>
      ) : null}
    </>
  )
}
