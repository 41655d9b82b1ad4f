import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/forms/action-form.tsx'
import { FormTextField } from '#components/forms/form-fields.tsx'
import { NeedsPermission } from '#components/forms/needs-permission.tsx'
import { withNotFound, withNotFoundTitle } from '#components/shell/with-not-found.tsx'
import { PermissionFields } from '#components/teams/permission-fields.tsx'
import { TeamFrame } from '#components/teams/team-frame.tsx'
import { Card, CardBody } from '#components/ui/card.tsx'
import { FormActions, SubmitButton } from '#components/ui/form.tsx'
import { listRoles } from '#lib/teams/index.ts'
import { one, orNotFound, type Query } from '#lib/web/query.ts'
import { teamPage } from '#lib/web/teams/page-data.ts'
import { createRoleAction } from '#lib/web/teams/role-actions.ts'

export const generateMetadata = withNotFoundTitle(async ({ searchParams }: { searchParams: Promise<Query> }): Promise<Metadata> => {
  await teamPage(await searchParams)
  return { title: (await getTranslations('teams.role'))('newTitle') }
})

/** A new role, empty or with what another one allows (`?from=`). */
async function NewRolePage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams
  const page = await teamPage(query)
  const { ctx, team, permissions } = page
  const [roles, t, frame, system] = await Promise.all([
    orNotFound(listRoles({ ctx, input: { teamId: team.id } })),
    getTranslations('teams.role'),
    getTranslations('teams.frame'),
    getTranslations('teams.roles.system'),
  ])
  const from = roles.find(({ id }) => id === one(query.from))
  const fromName = from?.system ? system(from.key as 'owner') : from?.name
  return (
    <TeamFrame page={page} title={t('newTitle')} above={{ href: '/team/roles', label: frame('roles') }}>
      <Card className="max-w-3xl">
        <CardBody>
          <NeedsPermission has={permissions} permission="roles.manage">
            <ActionForm action={createRoleAction} fields={{ teamId: team.id }} className="space-y-5">
              <FormTextField
                label={t('name')}
                name="name"
                required
                maxLength={60}
                autoComplete="off"
                defaultValue={fromName ? t('copyOf', { role: fromName }) : ''}
                className="max-w-sm"
              />
              <PermissionFields chosen={from?.permissions.filter((name) => permissions.includes(name)) ?? []} has={permissions} />
              <FormActions>
                <SubmitButton>{t('createSubmit')}</SubmitButton>
              </FormActions>
            </ActionForm>
          </NeedsPermission>
        </CardBody>
      </Card>
    </TeamFrame>
  )
}

export default withNotFound(NewRolePage)
