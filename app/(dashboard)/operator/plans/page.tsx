import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Confirm } from '#components/forms/confirm.tsx'
import { LIMITS, LimitFields, LimitValue } from '#components/operator/limit-fields.tsx'
import { withNotFound, withNotFoundTitle } from '#components/shell/with-not-found.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { DefinitionList } from '#components/ui/definition-list.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { listPlanDetails } from '#lib/plans/index.ts'
import { editPlanAction } from '#lib/web/operator/limit-actions.ts'
import { operatorContext } from '#lib/web/operator/page-data.ts'

export const generateMetadata = withNotFoundTitle(async (): Promise<Metadata> => {
  await operatorContext()
  return { title: (await getTranslations('operator.plans'))('title') }
})

const NAMES = [...LIMITS, 'maxRefreshDays'] as const

/** The plans of this installation, and their limits. */
async function OperatorPlansPage() {
  const ctx = await operatorContext()
  const [plans, t, limits, common] = await Promise.all([
    listPlanDetails({ ctx }),
    getTranslations('operator.plans'),
    getTranslations('operator.limits'),
    getTranslations('common'),
  ])
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      <div className="grid gap-4 lg:grid-cols-3">
        {plans.map((plan) => (
          <Card key={plan.key} aria-labelledby={`plan-${plan.key}`}>
            <CardHeader
              id={`plan-${plan.key}`}
              title={plan.name}
              description={plan.byAgreement ? t('teamsByAgreement', { count: plan.teams }) : t('teams', { count: plan.teams })}
            />
            <CardBody className="space-y-4">
              <DefinitionList items={NAMES.map((name) => ({ term: limits(name), value: <LimitValue value={plan[name]} /> }))} />
              <Confirm
                id={`edit-${plan.key}`}
                trigger={t('edit')}
                title={t('question', { plan: plan.name })}
                confirm={t('confirm')}
                cancel={common('cancel')}
                tone="primary"
                action={editPlanAction}
                fields={{ plan: plan.key }}
              >
                <p className="text-muted">{t('consequence', { count: plan.teams })}</p>
                <LimitFields
                  names={NAMES}
                  values={plan}
                  empty={{ maxClients: limits('emptyUnlimited'), maxMembers: limits('emptyUnlimited') }}
                />
              </Confirm>
            </CardBody>
          </Card>
        ))}
      </div>
    </>
  )
}

export default withNotFound(OperatorPlansPage)
