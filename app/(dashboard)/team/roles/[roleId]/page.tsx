import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { cache } from 'react'
import { ActionForm } from '#components/forms/action-form.tsx'
import { ConfirmCard } from '#components/forms/confirm-card.tsx'
import { FormTextField } from '#components/forms/form-fields.tsx'
import { Locked } from '#components/forms/locked.tsx'
import { NeedsPermission } from '#components/forms/needs-permission.tsx'
import { withNotFound, withNotFoundTitle } from '#components/shell/with-not-found.tsx'
import { PermissionFields } from '#components/teams/permission-fields.tsx'
import { TeamFrame } from '#components/teams/team-frame.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Card, CardBody } from '#components/ui/card.tsx'
import { FormActions, SubmitButton } from '#components/ui/form.tsx'
import { listRoles, type RoleOfTeam } from '#lib/teams/index.ts'
import { requireUserContext } from '#lib/web/context.ts'
import { orNotFound, type Query } from '#lib/web/query.ts'
import { teamPage } from '#lib/web/teams/page-data.ts'
import { deleteRoleAction, updateRoleAction } from '#lib/web/teams/role-actions.ts'

type Props = { params: Promise<{ roleId: string }>; searchParams: Promise<Query> }

/** Asked once a request, by the title and by the page. */
const roleOf = cache(async (teamId: string, roleId: string): Promise<RoleOfTeam> => {
  const roles = await orNotFound(listRoles({ ctx: await requireUserContext(), input: { teamId } }))
  return roles.find(({ id }) => id === roleId) ?? notFound()
})

export const generateMetadata = withNotFoundTitle(async ({ params, searchParams }: Props): Promise<Metadata> => {
  const { team } = await teamPage(await searchParams)
  const role = await roleOf(team.id, (await params).roleId)
  const system = await getTranslations('teams.roles.system')
  const name = role.system ? system(role.key as 'owner') : role.name
  return { title: `${name} · ${(await getTranslations('teams.role'))('title')}` }
})

/** One role: what it allows; for a team's own, changing, duplicating and deleting it. */
async function RolePage({ params, searchParams }: Props) {
  const [{ roleId }, query] = await Promise.all([params, searchParams])
  const page = await teamPage(query)
  const { team, permissions, href } = page
  const [role, t, frame, system, common] = await Promise.all([
    roleOf(team.id, roleId),
    getTranslations('teams.role'),
    getTranslations('teams.frame'),
    getTranslations('teams.roles.system'),
    getTranslations('common'),
  ])
  const name = role.system ? system(role.key as 'owner') : role.name
  const fields = { teamId: team.id, roleId }
  const locked = role.system ? t('system') : role.grantable ? null : t('above')
  const used = role.members + role.invitations > 0 ? t('used', { members: role.members, invitations: role.invitations }) : null
  const duplicate = (
    <ButtonLink href={href('/team/roles/new', { from: role.id })} variant="secondary">
      {t('duplicate')}
    </ButtonLink>
  )
  return (
    <TeamFrame page={page} title={name} above={{ href: '/team/roles', label: frame('roles') }} actions={duplicate}>
      <div className="max-w-3xl space-y-6">
        <Card>
          <CardBody>
            <NeedsPermission has={permissions} permission="roles.manage">
              <Locked reason={locked}>
                <ActionForm action={updateRoleAction} fields={{ ...fields, version: String(role.version) }} className="space-y-5">
                  <FormTextField
                    label={t('name')}
                    name="name"
                    required
                    maxLength={60}
                    autoComplete="off"
                    defaultValue={name}
                    className="max-w-sm"
                  />
                  <PermissionFields chosen={role.permissions} has={locked ? role.permissions : permissions} />
                  <FormActions>
                    <SubmitButton>{common('save')}</SubmitButton>
                  </FormActions>
                </ActionForm>
              </Locked>
            </NeedsPermission>
          </CardBody>
        </Card>
        {role.system ? null : (
          <ConfirmCard
            id="delete-role"
            title={t('deleteTitle')}
            description={t('deleteDescription')}
            needs={{ has: permissions, permission: 'roles.manage' }}
            locked={locked ?? used}
            trigger={t('delete')}
            triggerVariant="danger"
            question={t('question', { role: name })}
            confirm={t('delete')}
            action={deleteRoleAction}
            fields={fields}
          >
            <p>{t('deleteDescription')}</p>
          </ConfirmCard>
        )}
      </div>
    </TeamFrame>
  )
}

export default withNotFound(RolePage)
