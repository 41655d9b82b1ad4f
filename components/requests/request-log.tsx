import { Activity, RefreshCw } from 'lucide-react'
import { getFormatter, getTranslations } from 'next-intl/server'
import { Alert } from '#components/ui/alert.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { PagesNav } from '#components/ui/pages-nav.tsx'
import { EXPORT_ROWS, filterQuery } from '#lib/requests/schemas.ts'
import { ClientMessages } from '#lib/web/i18n/client-messages.tsx'
import type { LogOfPage } from '#lib/web/requests/page-data.ts'
import { ActiveFilters } from './active-filters.tsx'
import { ExportPanel } from './export-panel.tsx'
import { FilterForm, type FilterFormProps } from './filter-form.tsx'
import { RequestFeed } from './request-feed.tsx'
import { SavedViews } from './saved-views.tsx'

export type RequestLogProps = Omit<FilterFormProps, 'filters'> & {
  log: LogOfPage
  /** Of one client: where to explain a request of it that nobody made. */
  explainHref?: string
}

/** The request log with its filters: for a team, or for one client. */
export async function RequestLog({ log, clients, action, hidden, explainHref }: RequestLogProps) {
  const { filters, ignored, page, count, cursor, href } = log
  const [t, format] = await Promise.all([getTranslations('requests'), getFormatter()])
  const moment = (at: string) => format.dateTime(new Date(at), { dateStyle: 'medium', timeStyle: 'medium' })
  const place = new URLSearchParams([['team', log.teamId], ...(log.clientId ? [['of', log.clientId]] : []), ...filterQuery(filters)])
  const names = ignored.map((name) => t(`filters.${name}`)).join(', ')
  return (
    <>
      {log.clientId ? null : <SavedViews teamId={log.teamId} views={log.views} filters={filters} href={href} />}
      <FilterForm action={action} filters={filters} hidden={hidden} clients={clients} />
      <ActiveFilters filters={filters} href={href} clientName={clients?.find(({ id }) => id === filters.client)?.name} />
      {ignored.length > 0 ? <Alert tone="warning">{t('filters.ignored', { names })}</Alert> : null}
      {page?.range.cut ? <Alert tone="info">{t(`cut.${page.range.cut}`, { since: moment(page.range.since) })}</Alert> : null}
      {page === null ? (
        <Alert
          tone="warning"
          title={t('badCursor.title')}
          actions={
            <ButtonLink size="sm" href={href(filters)}>
              {t('badCursor.action')}
            </ButtonLink>
          }
        >
          {t('badCursor.text')}
        </Alert>
      ) : (
        <>
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <p className="mr-auto text-muted" role="status">
              {count ? t(count.more ? 'countMore' : 'count', { count: count.count }) : null}
            </p>
            {explainHref ? (
              <ButtonLink size="sm" href={explainHref}>
                {t('explain')}
              </ButtonLink>
            ) : null}
            <ClientMessages namespaces={['requests']}>
              <ExportPanel href={`/requests/export?${place}`} most={EXPORT_ROWS} />
            </ClientMessages>
            <ButtonLink size="sm" href={href(filters)} prefetch={false}>
              <RefreshCw aria-hidden />
              {t('refresh')}
            </ButtonLink>
          </div>
          <Card>
            <ClientMessages namespaces={['requests']}>
              <RequestFeed
                // Made anew with other filters or another page, so that nothing of the last ones stays.
                key={href(filters, { cursor: cursor ?? '' })}
                requests={page.requests}
                withClient={clients !== undefined}
                liveHref={cursor || filters.to || filters.request ? null : `/requests/live?${place}`}
                empty={<Empty log={log} searched={page.searchedTo !== null} />}
              />
            </ClientMessages>
          </Card>
          {page.searchedTo && page.nextCursor ? (
            <Alert
              tone="info"
              title={t('searched.title', { time: moment(page.searchedTo) })}
              actions={
                <ButtonLink size="sm" href={href(filters, { cursor: page.nextCursor })} prefetch={false}>
                  {t('searched.action')}
                </ButtonLink>
              }
            >
              {t('searched.text')}
            </Alert>
          ) : null}
          <PagesNav
            first={cursor && href(filters)}
            next={page.searchedTo ? null : page.nextCursor && href(filters, { cursor: page.nextCursor })}
            prefetch={false}
          />
        </>
      )}
    </>
  )
}

async function Empty({ log: { filters, href, cursor }, searched }: { log: LogOfPage; searched: boolean }) {
  const t = await getTranslations('requests')
  if (Object.keys(filters).length === 0 && !cursor && !searched)
    return (
      <EmptyState
        icon={<Activity />}
        title={t('empty.title')}
        description={t('empty.description')}
        action={<ButtonLink href="/clients">{t('empty.action')}</ButtonLink>}
      />
    )
  return (
    <EmptyState
      title={t('nothing.title')}
      description={t('nothing.description')}
      action={<ButtonLink href={href({})}>{t('nothing.action')}</ButtonLink>}
    />
  )
}
