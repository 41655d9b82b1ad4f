import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { SiteNotFound } from '#components/shell/not-found-state.tsx'
import { withNotFound } from '#components/shell/with-not-found.tsx'
import { TicketBadge } from '#components/support/ticket-badge.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { PagesNav } from '#components/ui/pages-nav.tsx'
import { RowLink, Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import { listOwnTickets } from '#lib/tickets/index.ts'
import { requireUserContext } from '#lib/web/context.ts'
import { one, orNotFound } from '#lib/web/query.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('support.tickets'))('own') }
}

async function TicketsPage({ searchParams }: { searchParams: Promise<{ cursor?: string | string[] }> }) {
  const ctx = await requireUserContext()
  const cursor = one((await searchParams).cursor)
  const [t, support, common] = await Promise.all([
    getTranslations('support.tickets'),
    getTranslations('support'),
    getTranslations('common'),
  ])
  const { tickets, nextCursor } = await orNotFound(listOwnTickets({ ctx, input: { cursor } }))
  const ask = (
    <ButtonLink href="/support/tickets/new" variant="primary">
      {t('new')}
    </ButtonLink>
  )
  return (
    <>
      <PageHeader
        title={t('own')}
        crumbs={[{ href: '/support', label: support('title') }]}
        crumbsLabel={common('breadcrumbs')}
        actions={tickets.length > 0 ? ask : null}
      />
      <Card>
        {tickets.length === 0 ? (
          <EmptyState title={t('none')} description={t('noneText')} action={ask} />
        ) : (
          <Table label={t('own')} cards>
            <TableHead>
              <TableHeader>{t('subject')}</TableHeader>
              <TableHeader>{t('status')}</TableHeader>
              <TableHeader>{t('updated')}</TableHeader>
            </TableHead>
            <TableBody>
              {tickets.map(({ id, subject, status, updatedAt }) => (
                <TableRow key={id} interactive>
                  <TableCell className="min-w-40 [overflow-wrap:anywhere]">
                    <RowLink href={`/support/tickets/${id}`}>{subject}</RowLink>
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
      <PagesNav first={cursor && '/support/tickets'} next={nextCursor && `/support/tickets?cursor=${encodeURIComponent(nextCursor)}`} />
    </>
  )
}

export default withNotFound(TicketsPage, SiteNotFound)
