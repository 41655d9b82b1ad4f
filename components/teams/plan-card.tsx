import { getFormatter, getTranslations } from 'next-intl/server'
import { Confirm } from '#components/forms/confirm.tsx'
import { FormTextareaField } from '#components/forms/form-fields.tsx'
import { Locked } from '#components/forms/locked.tsx'
import { NeedsPermission } from '#components/forms/needs-permission.tsx'
import { Alert } from '#components/ui/alert.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import type { PlanOffer, TeamPlan } from '#lib/team-plan/index.ts'
import type { Permission } from '#lib/teams/index.ts'
import { changePlanAction, requestPlanAction } from '#lib/web/teams/plan-actions.ts'

type Props = { teamId: string; plan: TeamPlan; offer: PlanOffer; permissions: readonly Permission[] }

/** One plan to choose: its limits, what choosing it does, and what stands in the way. */
export async function PlanCard({ teamId, plan, offer, permissions }: Props) {
  const [t, common, format] = await Promise.all([getTranslations('plan'), getTranslations('common'), getFormatter()])
  const { current } = plan
  const number = (value: number | null) => (value === null ? t('unlimited') : format.number(value))
  const name = offer.name
  const blockers = offer.blockers.map(({ what, have, allowed, remove }) => t(`blocked.${what}`, { have, allowed, remove }))
  const fewerDays = current !== null && offer.retentionDays < current.retentionDays
  const overMonth = plan.usage.requests !== null && plan.usage.requests > offer.perMonth
  return (
    <Card>
      <CardHeader
        title={
          <span className="flex flex-wrap items-center gap-2">
            {name}
            {offer.current ? <Badge tone="success">{t('current')}</Badge> : null}
          </span>
        }
        description={offer.byAgreement ? t('byAgreement') : t('free')}
      />
      <CardBody className="space-y-4">
        <ul className="space-y-1">
          <li>{t('limits.clients', { count: number(offer.maxClients) })}</li>
          <li>{t('limits.members', { count: number(offer.maxMembers) })}</li>
          <li>{t('limits.perMinute', { count: number(offer.perMinute) })}</li>
          <li>{t('limits.perMonth', { count: number(offer.perMonth) })}</li>
          <li>{t('limits.retention', { days: offer.retentionDays })}</li>
        </ul>
        {offer.current ? null : (
          <NeedsPermission has={permissions} permission="plan.manage">
            {offer.byAgreement ? (
              <Locked reason={plan.request ? t('request.waiting') : null}>
                <Confirm
                  id={`plan-${offer.key}`}
                  trigger={t('request.trigger', { plan: name })}
                  triggerSize="md"
                  tone="primary"
                  title={t('request.question', { plan: name })}
                  confirm={t('request.confirm')}
                  cancel={common('cancel')}
                  action={requestPlanAction}
                  fields={{ teamId }}
                >
                  <p>{t('request.what')}</p>
                  <FormTextareaField label={t('request.message')} hint={t('request.hint')} name="message" rows={4} maxLength={2000} />
                </Confirm>
              </Locked>
            ) : (
              <>
                {blockers.length > 0 ? (
                  <Alert tone="warning" title={t('blocked.title', { plan: name })}>
                    {blockers.join(' ')}
                  </Alert>
                ) : null}
                <Locked reason={blockers.length > 0 ? t('blocked.first') : null}>
                  <Confirm
                    id={`plan-${offer.key}`}
                    trigger={current ? t('change.trigger', { plan: name }) : t('activate.trigger', { plan: name })}
                    triggerVariant={current ? 'secondary' : 'primary'}
                    triggerSize="md"
                    tone="primary"
                    title={current ? t('change.question', { plan: name }) : t('activate.question', { plan: name })}
                    confirm={current ? t('change.confirm', { plan: name }) : t('activate.trigger', { plan: name })}
                    cancel={common('cancel')}
                    action={changePlanAction}
                    fields={{ teamId, plan: offer.key }}
                  >
                    <p>{t('change.atOnce', { perMinute: number(offer.perMinute), perMonth: number(offer.perMonth) })}</p>
                    {fewerDays ? <p>{t('change.fewerDays', { days: offer.retentionDays })}</p> : null}
                    {overMonth ? <p>{t('change.overMonth', { limit: number(offer.perMonth) })}</p> : null}
                    {plan.offers.some((other) => other.current && other.byAgreement) ? <p>{t('change.agreement')}</p> : null}
                  </Confirm>
                </Locked>
              </>
            )}
          </NeedsPermission>
        )}
      </CardBody>
    </Card>
  )
}
