import type { Metadata } from 'next'
import { getFormatter, getTranslations } from 'next-intl/server'
import { cache } from 'react'
import { ActionForm } from '#components/forms/action-form.tsx'
import { Confirm } from '#components/forms/confirm.tsx'
import { FormSelectField } from '#components/forms/form-fields.tsx'
import { LIMITS, LimitFields, LimitValue } from '#components/operator/limit-fields.tsx'
import { withNotFound, withNotFoundTitle } from '#components/shell/with-not-found.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { SubmitButton } from '#components/ui/form.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import { getTeamLimits, listPlans } from '#lib/plans/index.ts'
import { setTeamLimitsAction } from '#lib/web/operator/limit-actions.ts'
import { setTeamPlanAction } from '#lib/web/operator/operator-actions.ts'
import { operatorContext } from '#lib/web/operator/page-data.ts'
import { orNotFound } from '#lib/web/query.ts'

type Props = { params: Promise<{ id: string }> }

/** Asked once a request, by the title and by the page. */
const teamOf = cache(async (id: string) => orNotFound(getTeamLimits({ ctx: await operatorContext(), input: { teamId: id } })))

export const generateMetadata = withNotFoundTitle(async ({ params }: Props): Promise<Metadata> => {
  const { team } = await teamOf((await params).id)
  return { title: `${team.name} · ${(await getTranslations('operator.teams'))('title')}` }
})

/** One team: its plan, and the limits that are its own. */
async function OperatorTeamPage({ params }: Props) {
  const { team, plan, overrides, planned, effective } = await teamOf((await params).id)
  const [plans, t, limits, common, format] = await Promise.all([
    listPlans(),
    getTranslations('operator.teams'),
    getTranslations('operator.limits'),
    getTranslations('common'),
    getFormatter(),
  ])
  const said = (value: number | null | undefined) =>
    value === undefined ? limits('noPlan') : limits('planSays', { value: value === null ? limits('unlimited') : format.number(value) })
  return (
    <>
      <PageHeader
        title={team.name}
        description={team.id}
        crumbs={[{ href: '/operator/teams', label: t('title') }]}
        crumbsLabel={common('breadcrumbs')}
        actions={<ButtonLink href={`/operator/clients?${new URLSearchParams({ q: team.name, of: 'all' })}`}>{t('itsClients')}</ButtonLink>}
      />
      <Card className="max-w-2xl">
        <CardHeader title={t('plan')} description={effective || !plan ? undefined : t('planEnded')} />
        <CardBody>
          <ActionForm action={setTeamPlanAction} name="plan" fields={{ teamId: team.id }} className="flex items-end gap-2">
            <FormSelectField
              label={t('planOf', { team: team.name })}
              name="plan"
              defaultValue={plan ?? ''}
              options={[
                ...(plan ? [] : [{ value: '', label: limits('noPlan'), disabled: true }]),
                ...plans.map(({ key, name }) => ({ value: key, label: name })),
              ]}
            />
            <SubmitButton>{t('set')}</SubmitButton>
          </ActionForm>
        </CardBody>
      </Card>
      <Card className="max-w-2xl">
        <CardHeader
          title={t('limits.title')}
          description={t('limits.description')}
          actions={
            <Confirm
              id="limits"
              trigger={t('limits.edit')}
              title={t('limits.question', { team: team.name })}
              confirm={t('limits.confirm')}
              cancel={common('cancel')}
              tone="primary"
              action={setTeamLimitsAction}
              fields={{ teamId: team.id }}
            >
              <p className="text-muted">{t('limits.consequence')}</p>
              <LimitFields
                names={LIMITS}
                values={overrides}
                empty={Object.fromEntries(LIMITS.map((name) => [name, said(planned?.[name])]))}
              />
            </Confirm>
          }
        />
        <Table label={t('limits.title')}>
          <TableHead>
            <TableHeader>{t('limits.limit')}</TableHeader>
            <TableHeader numeric>{t('plan')}</TableHeader>
            <TableHeader numeric>{t('limits.holds')}</TableHeader>
          </TableHead>
          <TableBody>
            {LIMITS.map((name) => (
              <TableRow key={name}>
                <TableCell>
                  {limits(name)} {overrides[name] === null ? null : <Badge tone="info">{t('limits.own')}</Badge>}
                </TableCell>
                <TableCell numeric>{planned ? <LimitValue value={planned[name]} /> : '–'}</TableCell>
                <TableCell numeric>{effective ? <LimitValue value={effective[name]} /> : '–'}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Card>
    </>
  )
}

export default withNotFound(OperatorTeamPage)
