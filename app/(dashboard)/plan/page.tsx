import type { Metadata } from 'next'
import { getFormatter, getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/forms/action-form.tsx'
import { NeedsPermission } from '#components/forms/needs-permission.tsx'
import { withNotFound, withNotFoundTitle } from '#components/shell/with-not-found.tsx'
import { PlanCard } from '#components/teams/plan-card.tsx'
import { QuotaAlerts } from '#components/teams/quota-alerts.tsx'
import { UsageMeter } from '#components/teams/usage-meter.tsx'
import { Alert } from '#components/ui/alert.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { SubmitButton } from '#components/ui/form.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { DateTime, RelativeTime } from '#components/ui/time.tsx'
import { listTeamAlerts } from '#lib/alerts/index.ts'
import { getTeamPlan } from '#lib/team-plan/index.ts'
import { orNotFound, type Query } from '#lib/web/query.ts'
import { teamPage } from '#lib/web/teams/page-data.ts'
import { withdrawPlanAction } from '#lib/web/teams/plan-actions.ts'

export const generateMetadata = withNotFoundTitle(async ({ searchParams }: { searchParams: Promise<Query> }): Promise<Metadata> => {
  await teamPage(await searchParams)
  return { title: (await getTranslations('plan'))('title') }
})

/** A team's plan: what is used, what can be had, and what happens at a limit. */
async function PlanPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams
  const { ctx, team, permissions } = await teamPage(query)
  const [plan, alerts, t, format] = await Promise.all([
    orNotFound(getTeamPlan({ ctx, input: { teamId: team.id } })),
    permissions.includes('usage.read') ? listTeamAlerts({ ctx, input: { teamId: team.id } }) : [],
    getTranslations('plan'),
    getFormatter(),
  ])
  const { current, usage, request, ended } = plan
  const resets = format.dateTime(new Date(plan.resetsAt), { dateStyle: 'long', timeZone: 'UTC' })
  return (
    <>
      <PageHeader title={t('title')} description={t('description', { team: team.name })} />
      {query.changed && current ? (
        <Alert tone="success" role="status">
          {t('notices.changed', { plan: current.name })}
        </Alert>
      ) : null}
      {current ? null : (
        <Alert tone="warning" title={ended ? t('ended.title', { plan: ended.name }) : t('none.title')}>
          {ended ? t('ended.text') : t('none.text')}
        </Alert>
      )}
      {request ? (
        <Alert
          tone="info"
          title={t('request.open')}
          actions={
            <NeedsPermission has={permissions} permission="plan.manage">
              <ActionForm action={withdrawPlanAction} fields={{ teamId: team.id }}>
                <SubmitButton variant="secondary" size="sm">
                  {t('request.withdraw')}
                </SubmitButton>
              </ActionForm>
            </NeedsPermission>
          }
        >
          {t('request.by', { name: request.by ?? '-' })} <RelativeTime date={new Date(request.createdAt)} />. {t('request.next')}
          {request.message ? <p className="mt-1 text-muted">“{request.message}”</p> : null}
        </Alert>
      ) : null}
      <QuotaAlerts alerts={alerts} />
      {current ? (
        <Card>
          <CardHeader
            title={t('usage.title', { plan: current.name })}
            description={
              plan.endsAt ? (
                <>
                  {t('usage.ends')} <DateTime date={new Date(plan.endsAt)} />
                </>
              ) : undefined
            }
          />
          <CardBody className="grid gap-x-10 gap-y-6 md:grid-cols-2">
            <UsageMeter label={t('usage.clients')} used={usage.clients} limit={current.maxClients} />
            <UsageMeter label={t('usage.members')} used={usage.members} limit={current.maxMembers} note={t('usage.membersNote')} />
            <UsageMeter
              label={t('usage.requests')}
              used={usage.requests}
              limit={current.perMonth}
              note={t('usage.resets', { date: resets })}
            />
            <div className="space-y-1.5">
              <p className="flex flex-wrap items-baseline justify-between gap-x-4">
                <span className="font-medium">{t('usage.perMinute')}</span>
                <span className="text-muted">{t('usage.perMinuteValue', { limit: format.number(current.perMinute) })}</span>
              </p>
              <p className="text-[0.8125rem] text-muted">{t('usage.perMinuteNote')}</p>
            </div>
          </CardBody>
        </Card>
      ) : null}
      <section aria-labelledby="plans" className="space-y-3">
        <h2 id="plans" className="text-base font-semibold">
          {t('offers')}
        </h2>
        <div className="grid gap-4 lg:grid-cols-3">
          {plan.offers.map((offer) => (
            <PlanCard key={offer.key} teamId={team.id} plan={plan} offer={offer} permissions={permissions} />
          ))}
        </div>
      </section>
      <Card>
        <CardHeader title={t('reached.title')} />
        <CardBody>
          <ul className="list-disc space-y-1.5 pl-5">
            <li>{t('reached.clients')}</li>
            <li>{t('reached.members')}</li>
            <li>{t('reached.minute')}</li>
            <li>{t('reached.month', { date: resets })}</li>
            <li>{t('reached.ended')}</li>
          </ul>
        </CardBody>
      </Card>
    </>
  )
}

export default withNotFound(PlanPage)
