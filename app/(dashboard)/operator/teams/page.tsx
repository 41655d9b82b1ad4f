import type { Metadata } from 'next'
import { getFormatter, getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/forms/action-form.tsx'
import { FormSelectField } from '#components/forms/form-fields.tsx'
import { withNotFound, withNotFoundTitle } from '#components/shell/with-not-found.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { SubmitButton } from '#components/ui/form.tsx'
import { TextLink } from '#components/ui/link.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { PagesNav } from '#components/ui/pages-nav.tsx'
import { SearchForm } from '#components/ui/search-form.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import { listAllTeams } from '#lib/installation/index.ts'
import { listPlans } from '#lib/plans/index.ts'
import { setTeamPlanAction } from '#lib/web/operator/operator-actions.ts'
import { operatorContext } from '#lib/web/operator/page-data.ts'
import { one, orNotFound, type Query, withQuery } from '#lib/web/query.ts'

export const generateMetadata = withNotFoundTitle(async (): Promise<Metadata> => {
  await operatorContext()
  return { title: (await getTranslations('operator.teams'))('title') }
})

/** Every team of the installation, with its plan. */
async function OperatorTeamsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const ctx = await operatorContext()
  const query = await searchParams
  const [search, cursor] = [one(query.q), one(query.cursor)]
  const [{ teams, nextCursor }, plans, t, format] = await Promise.all([
    orNotFound(listAllTeams({ ctx, input: { ...(search ? { search } : {}), ...(cursor ? { cursor } : {}) } })),
    listPlans(),
    getTranslations('operator.teams'),
    getFormatter(),
  ])
  const options = plans.map(({ key, name }) => ({ value: key, label: name }))
  const page = (more: Record<string, string>) => withQuery('/operator/teams', { q: search, ...more })
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      <SearchForm action="/operator/teams" label={t('search')} find={t('find')} query={search} />
      <Card>
        {teams.length === 0 ? (
          <EmptyState title={t('none')} action={<ButtonLink href="/operator/teams">{t('all')}</ButtonLink>} />
        ) : (
          <Table label={t('title')} cards>
            <TableHead>
              <TableHeader>{t('team')}</TableHeader>
              <TableHeader numeric>{t('clients')}</TableHeader>
              <TableHeader numeric>{t('members')}</TableHeader>
              <TableHeader numeric>{t('requests')}</TableHeader>
              <TableHeader>{t('plan')}</TableHeader>
            </TableHead>
            <TableBody>
              {teams.map((team) => (
                <TableRow key={team.id}>
                  <TableCell className="[overflow-wrap:anywhere]">
                    <div>
                      <TextLink href={`/operator/teams/${team.id}`}>{team.name}</TextLink>
                      <span className="block text-[0.8125rem] text-muted">{team.owner ?? team.id}</span>
                      {team.asked ? <span className="block text-[0.8125rem]">{t('asked', team.asked)}</span> : null}
                    </div>
                  </TableCell>
                  <TableCell data-label={t('clients')} numeric>
                    {format.number(team.clients)}
                  </TableCell>
                  <TableCell data-label={t('members')} numeric>
                    {format.number(team.members)}
                  </TableCell>
                  <TableCell data-label={t('requests')} numeric>
                    {format.number(team.requests)}
                  </TableCell>
                  <TableCell>
                    <ActionForm
                      action={setTeamPlanAction}
                      name={`plan-${team.id}`}
                      fields={{ teamId: team.id }}
                      className="flex items-end gap-2"
                    >
                      <FormSelectField
                        label={t('planOf', { team: team.name })}
                        name="plan"
                        defaultValue={team.plan ?? ''}
                        options={options}
                      />
                      <SubmitButton variant="secondary" size="sm">
                        {t('set')}
                      </SubmitButton>
                    </ActionForm>
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        )}
      </Card>
      <PagesNav first={cursor && page({})} next={nextCursor && page({ cursor: nextCursor })} />
    </>
  )
}

export default withNotFound(OperatorTeamsPage)
