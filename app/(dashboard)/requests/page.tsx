import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { OPEN_PARAMETER } from '#components/requests/open-parameter.ts'
import { OpenedRequest } from '#components/requests/opened-request.tsx'
import { RequestLog } from '#components/requests/request-log.tsx'
import { withNotFound, withNotFoundTitle } from '#components/shell/with-not-found.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { one } from '#lib/web/query.ts'
import { clientsToChoose, type LogParams, logOfPage } from '#lib/web/requests/page-data.ts'
import { teamOfPage } from '#lib/web/teams/page-data.ts'

export const generateMetadata = withNotFoundTitle(async ({ searchParams }: { searchParams: Promise<LogParams> }): Promise<Metadata> => {
  await teamOfPage(one((await searchParams).team))
  return { title: (await getTranslations('requests'))('title') }
})

async function RequestsPage({ searchParams }: { searchParams: Promise<LogParams> }) {
  const params = await searchParams
  const asked = typeof params.team === 'string' && params.team ? params.team : undefined
  const { team } = await teamOfPage(asked)
  const kept: Record<string, string> = asked ? { team: asked } : {}
  const [t, log, clients] = await Promise.all([
    getTranslations('requests'),
    logOfPage({ path: '/requests', teamId: team.id, kept }, params),
    clientsToChoose(team.id),
  ])
  const open = params[OPEN_PARAMETER]
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={<ButtonLink href={`/requests/explain${asked ? `?team=${encodeURIComponent(asked)}` : ''}`}>{t('explain')}</ButtonLink>}
      />
      <RequestLog log={log} action="/requests" hidden={kept} clients={clients} />
      {typeof open === 'string' && open ? <OpenedRequest requestId={open} /> : null}
    </>
  )
}

export default withNotFound(RequestsPage)
