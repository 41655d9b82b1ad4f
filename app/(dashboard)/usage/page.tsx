import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { withNotFound, withNotFoundTitle } from '#components/shell/with-not-found.tsx'
import { QuotaAlerts } from '#components/teams/quota-alerts.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { PlanCard } from '#components/usage/plan-card.tsx'
import { UsageDenied, UsageView } from '#components/usage/usage-view.tsx'
import { listTeamAlerts } from '#lib/alerts/index.ts'
import { planUse } from '#lib/usage/index.ts'
import { requireUserContext } from '#lib/web/context.ts'
import { one, type Query } from '#lib/web/query.ts'
import { teamOfPage } from '#lib/web/teams/page-data.ts'
import { reportOfPage } from '#lib/web/usage/page-data.ts'

export const generateMetadata = withNotFoundTitle(async ({ searchParams }: { searchParams: Promise<Query> }): Promise<Metadata> => {
  await teamOfPage(one((await searchParams).team))
  const t = await getTranslations('usage')
  return { title: t('title') }
})

/** How much a team is used: all of its clients that the person may see. */
async function UsagePage({ searchParams }: { searchParams: Promise<Query> }) {
  const params = await searchParams
  const t = await getTranslations('usage')
  const wanted = one(params.team)
  const { team } = await teamOfPage(wanted)
  const report = await reportOfPage({ teamId: team.id }, params)
  const alerts = report ? await listTeamAlerts({ ctx: await requireUserContext(), input: { teamId: team.id } }) : []
  return (
    <>
      <PageHeader
        title={t('title')}
        description={team.limitedClients ? t('descriptionLimited', { team: team.name }) : t('description', { team: team.name })}
      />
      <QuotaAlerts alerts={alerts} planHref={wanted ? `/plan?team=${encodeURIComponent(wanted)}` : '/plan'} />
      {report ? (
        <UsageView
          report={report}
          address={{ path: '/usage', team: wanted }}
          plan={<PlanCard use={await planUse({ ctx: await requireUserContext(), input: { teamId: team.id } })} />}
          empty={
            <ButtonLink href="/clients" variant="primary">
              {t('empty.toClients')}
            </ButtonLink>
          }
        />
      ) : (
        <UsageDenied />
      )}
    </>
  )
}

export default withNotFound(UsagePage)
