import { History } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { withNotFound, withNotFoundTitle } from '#components/shell/with-not-found.tsx'
import { EventFilter } from '#components/teams/event-filter.tsx'
import { EventList } from '#components/teams/event-list.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { buttonClass } from '#components/ui/button-class.ts'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { PagesNav } from '#components/ui/pages-nav.tsx'
import { listOperators } from '#lib/accounts/index.ts'
import { listEvents } from '#lib/audit-log/index.ts'
import { operatorContext } from '#lib/web/operator/page-data.ts'
import { one, orNotFound, type Query, withQuery } from '#lib/web/query.ts'
import { auditQuery } from '#lib/web/teams/audit-query.ts'

export const generateMetadata = withNotFoundTitle(async (): Promise<Metadata> => {
  await operatorContext()
  return { title: (await getTranslations('audit'))('title') }
})

const PATH = '/operator/audit'

/** Who changed what of the installation, when, from where: what belongs to no team. */
async function OperatorAuditPage({ searchParams }: { searchParams: Promise<Query> }) {
  const ctx = await operatorContext()
  const query = await searchParams
  const { filter, params } = auditQuery(query)
  const cursor = one(query.cursor)
  const [{ events, nextCursor }, actors, t, texts] = await Promise.all([
    orNotFound(listEvents({ ctx, input: { teamId: null, ...filter, ...(cursor ? { cursor } : {}) } })),
    listOperators({ ctx }),
    getTranslations('audit'),
    getTranslations('operator.audit'),
  ])
  const filtered = Object.keys(params).length > 0
  // Plain links: a download is no page.
  const downloads = (['csv', 'jsonl'] as const).map((format) => (
    <a key={format} href={withQuery(`${PATH}/export`, { ...params, format })} download className={buttonClass('secondary')}>
      {t(`export.${format}`)}
    </a>
  ))
  return (
    <>
      <PageHeader title={t('title')} description={texts('description')} actions={downloads} />
      <EventFilter of="installation" params={params} actors={actors} address={(rest) => withQuery(PATH, rest)} />
      <Card>
        {events.length === 0 ? (
          <EmptyState
            icon={<History />}
            title={t(filtered ? 'nothing.title' : 'empty.title')}
            description={filtered ? t('nothing.description') : texts('empty')}
            action={filtered ? <ButtonLink href={PATH}>{t('nothing.all')}</ButtonLink> : undefined}
          />
        ) : (
          <EventList events={events} narrow={(more) => withQuery(PATH, { ...params, ...more })} />
        )}
      </Card>
      <PagesNav first={cursor && withQuery(PATH, params)} next={nextCursor && withQuery(PATH, { ...params, cursor: nextCursor })} />
    </>
  )
}

export default withNotFound(OperatorAuditPage)
