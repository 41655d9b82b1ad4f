import { MessagesSquare } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { withNotFound, withNotFoundTitle } from '#components/shell/with-not-found.tsx'
import { TicketBadge } from '#components/support/ticket-badge.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { FilterChips } from '#components/ui/filter-chips.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { PagesNav } from '#components/ui/pages-nav.tsx'
import { SearchForm } from '#components/ui/search-form.tsx'
import { RowLink, Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import { listTickets } from '#lib/tickets/index.ts'
import { TICKET_STATUSES } from '#lib/tickets/schemas.ts'
import { operatorContext } from '#lib/web/operator/page-data.ts'
import { one, orNotFound, type Query, withQuery } from '#lib/web/query.ts'

export const generateMetadata = withNotFoundTitle(async (): Promise<Metadata> => {
  await operatorContext()
  return { title: (await getTranslations('operator.tickets'))('title') }
})

const PATH = '/operator/tickets'

/** Everyone's questions, last touched first. */
async function OperatorTicketsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const ctx = await operatorContext()
  const query = await searchParams
  const [search, cursor] = [one(query.q), one(query.cursor)]
  const status = TICKET_STATUSES.find((value) => value === one(query.status))
  const [{ tickets, nextCursor }, t, names] = await Promise.all([
    orNotFound(listTickets({ ctx, input: { search, status, cursor } })),
    getTranslations('operator.tickets'),
    getTranslations('support.tickets.statuses'),
  ])
  const href = (change: Record<string, string | undefined>) => withQuery(PATH, { q: search, status, ...change })
  const narrowed = search || status || cursor
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      <SearchForm action={PATH} label={t('search')} find={t('find')} query={search} hidden={{ status }} />
      <FilterChips
        label={t('status')}
        chips={[
          { label: t('all'), href: href({ status: undefined }), on: !status },
          ...TICKET_STATUSES.map((value) => ({ label: names(value), href: href({ status: value }), on: status === value })),
        ]}
      />
      <Card>
        {tickets.length === 0 ? (
          <EmptyState
            icon={<MessagesSquare />}
            title={t(narrowed ? 'noMatch' : 'none')}
            description={narrowed ? undefined : t('noneText')}
            action={narrowed ? <ButtonLink href={PATH}>{t('showAll')}</ButtonLink> : undefined}
          />
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
      <PagesNav first={cursor && href({})} next={nextCursor && href({ cursor: nextCursor })} />
    </>
  )
}

export default withNotFound(OperatorTicketsPage)
