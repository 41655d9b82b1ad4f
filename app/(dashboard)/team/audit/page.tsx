import { History } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { NeedsPermission } from '#components/forms/needs-permission.tsx'
import { withNotFound, withNotFoundTitle } from '#components/shell/with-not-found.tsx'
import { EventFilter } from '#components/teams/event-filter.tsx'
import { EventList } from '#components/teams/event-list.tsx'
import { TeamFrame } from '#components/teams/team-frame.tsx'
import { Alert } from '#components/ui/alert.tsx'
import { Button, ButtonLink } from '#components/ui/button.tsx'
import { buttonClass } from '#components/ui/button-class.ts'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { PagesNav } from '#components/ui/pages-nav.tsx'
import { listEvents } from '#lib/audit-log/index.ts'
import { listMembers } from '#lib/teams/index.ts'
import { one, orNotFound, type Query } from '#lib/web/query.ts'
import { auditQuery } from '#lib/web/teams/audit-query.ts'
import { teamPage } from '#lib/web/teams/page-data.ts'

export const generateMetadata = withNotFoundTitle(async ({ searchParams }: { searchParams: Promise<Query> }): Promise<Metadata> => {
  await teamPage(await searchParams)
  return { title: (await getTranslations('audit'))('title') }
})

/** Who changed what in a team, when, from where. */
async function AuditPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams
  const page = await teamPage(query)
  const { ctx, team, permissions, href } = page
  const t = await getTranslations('audit')
  if (!permissions.includes('audit.read')) {
    return (
      <TeamFrame page={page}>
        <NeedsPermission has={permissions} permission="audit.read">
          <Button>{t('export.csv')}</Button>
        </NeedsPermission>
      </TeamFrame>
    )
  }
  const { filter, params } = auditQuery(query)
  const cursor = one(query.cursor)
  const address = (more: Record<string, string | undefined>) => href('/team/audit', more)
  const [{ events, nextCursor }, { members }] = await Promise.all([
    orNotFound(listEvents({ ctx, input: { teamId: team.id, ...filter, ...(cursor ? { cursor } : {}) } })),
    orNotFound(listMembers({ ctx, input: { teamId: team.id, sort: 'name', limit: 100 } })),
  ])
  const filtered = Object.keys(params).length > 0
  const exportHref = (format: string) => `/team/audit/export?${new URLSearchParams({ ...params, team: team.id, format })}`
  return (
    <TeamFrame
      page={page}
      actions={
        // Plain links: a download is no page.
        <>
          <a href={exportHref('csv')} download className={buttonClass('secondary')}>
            {t('export.csv')}
          </a>
          <a href={exportHref('jsonl')} download className={buttonClass('secondary')}>
            {t('export.jsonl')}
          </a>
        </>
      }
    >
      {query.undone ? (
        <Alert tone="success" role="status">
          {t('notices.undone')}
        </Alert>
      ) : null}
      <p className="max-w-2xl text-muted">{t('description')}</p>
      <EventFilter
        of="team"
        params={params}
        actors={members.map(({ userId, name }) => ({ id: userId, name }))}
        team={one(query.team)}
        address={address}
      />
      <Card>
        {events.length === 0 ? (
          <EmptyState
            icon={<History />}
            title={t(filtered ? 'nothing.title' : 'empty.title')}
            description={t(filtered ? 'nothing.description' : 'empty.description')}
            action={filtered ? <ButtonLink href={address({})}>{t('nothing.all')}</ButtonLink> : undefined}
          />
        ) : (
          <EventList
            events={events}
            undoing={{ teamId: team.id, permissions: team.permissions }}
            narrow={(more) => address({ ...params, ...more })}
          />
        )}
      </Card>
      <PagesNav first={cursor && address(params)} next={nextCursor && address({ ...params, cursor: nextCursor })} />
    </TeamFrame>
  )
}

export default withNotFound(AuditPage)
