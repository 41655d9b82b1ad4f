import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { cache } from 'react'
import { ActionForm } from '#components/forms/action-form.tsx'
import { ConfirmCard } from '#components/forms/confirm-card.tsx'
import { FormSelectField } from '#components/forms/form-fields.tsx'
import { Locked } from '#components/forms/locked.tsx'
import { NeedsPermission } from '#components/forms/needs-permission.tsx'
import { withNotFound, withNotFoundTitle } from '#components/shell/with-not-found.tsx'
import { ClientChoice } from '#components/teams/client-choice.tsx'
import { ClientSearch } from '#components/teams/client-search.tsx'
import { RoleName } from '#components/teams/role-name.tsx'
import { TeamFrame } from '#components/teams/team-frame.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { DefinitionList } from '#components/ui/definition-list.tsx'
import { FormActions, SubmitButton } from '#components/ui/form.tsx'
import { DateTime, RelativeTime } from '#components/ui/time.tsx'
import { getMember, getTeam, listRoles } from '#lib/teams/index.ts'
import { requireUserContext } from '#lib/web/context.ts'
import { one, orNotFound, type Query } from '#lib/web/query.ts'
import { removeMemberAction, setMemberClientsAction, setMemberRoleAction } from '#lib/web/teams/member-actions.ts'
import { clientOptions, teamPage } from '#lib/web/teams/page-data.ts'

type Props = { params: Promise<{ userId: string }>; searchParams: Promise<Query> }

/** Asked once a request, by the title and by the page. */
const memberOf = cache(async (teamId: string, userId: string) =>
  orNotFound(getMember({ ctx: await requireUserContext(), input: { teamId, userId } })),
)

export const generateMetadata = withNotFoundTitle(async ({ params, searchParams }: Props): Promise<Metadata> => {
  const { team } = await teamPage(await searchParams)
  const { name } = await memberOf(team.id, (await params).userId)
  return { title: `${name} · ${(await getTranslations('teams.member'))('title')}` }
})

/** One member: role, clients, removal. */
async function MemberPage({ params, searchParams }: Props) {
  const [{ userId }, query] = await Promise.all([params, searchParams])
  const page = await teamPage(query)
  const { ctx, team, permissions } = page
  const input = { teamId: team.id, userId }
  const member = await memberOf(team.id, userId)
  const search = one(query.client)
  const [roles, detail, { options, more }, t, frame, system, common] = await Promise.all([
    orNotFound(listRoles({ ctx, input })),
    orNotFound(getTeam({ ctx, input })),
    clientOptions(page, search),
    getTranslations('teams.member'),
    getTranslations('teams.frame'),
    getTranslations('teams.roles'),
    getTranslations('common'),
  ])
  const fields = { teamId: team.id, userId }
  const above = member.below ? null : member.owner ? t('ownerOnly') : t('above')
  const kept = member.personal ? t('personal') : member.you && detail.lastOwner ? t('lastOwner') : null
  const choices = roles.map((role) => {
    const name = role.system ? system(`system.${role.key as 'owner'}`) : role.name
    return {
      value: role.id,
      label: role.grantable ? name : t('tooHigh', { role: name }),
      disabled: !role.grantable && role.id !== member.role.id,
    }
  })
  return (
    <TeamFrame page={page} title={member.name} above={{ href: '/team', label: frame('members') }}>
      <div className="max-w-3xl space-y-6">
        <Card>
          <CardBody className="py-2.5">
            <DefinitionList
              items={[
                ...(member.email ? [{ term: t('email'), value: member.email }] : []),
                { term: t('role'), value: <RoleName role={member.role} /> },
                { term: t('joined'), value: <DateTime date={new Date(member.joinedAt)} /> },
                ...(member.email
                  ? [{ term: t('seen'), value: member.lastSeenAt ? <RelativeTime date={new Date(member.lastSeenAt)} /> : common('never') }]
                  : []),
                ...(member.disabled ? [{ term: t('state'), value: t('disabled') }] : []),
              ]}
            />
          </CardBody>
        </Card>
        <Card>
          <CardHeader title={t('roleTitle')} description={t('roleDescription')} />
          <CardBody>
            <NeedsPermission has={permissions} permission="members.manage">
              <Locked reason={above ?? kept}>
                <ActionForm action={setMemberRoleAction} fields={fields} name="role">
                  <FormSelectField label={t('role')} name="roleId" options={choices} defaultValue={member.role.id} className="max-w-sm" />
                  <FormActions>
                    <SubmitButton>{common('save')}</SubmitButton>
                  </FormActions>
                </ActionForm>
              </Locked>
            </NeedsPermission>
          </CardBody>
        </Card>
        <Card>
          <CardHeader title={t('clientsTitle')} description={t('clientsDescription')} />
          <CardBody className="space-y-4">
            {more || search ? <ClientSearch action={`/team/members/${userId}`} search={search} hidden={{ team: one(query.team) }} /> : null}
            <NeedsPermission has={permissions} permission="members.manage">
              <Locked reason={above ?? (member.owner ? t('ownerAll') : null)}>
                <ActionForm action={setMemberClientsAction} fields={fields} name="clients">
                  <ClientChoice chosen={member.chosen} options={options} />
                  <FormActions>
                    <SubmitButton>{common('save')}</SubmitButton>
                  </FormActions>
                </ActionForm>
              </Locked>
            </NeedsPermission>
          </CardBody>
        </Card>
        {member.you ? null : (
          <ConfirmCard
            id="remove"
            title={t('removeTitle')}
            description={t('removeDescription')}
            needs={{ has: permissions, permission: 'members.manage' }}
            locked={above ?? kept}
            trigger={t('remove')}
            triggerVariant="danger"
            question={t('question', { name: member.name })}
            confirm={t('remove')}
            action={removeMemberAction}
            fields={fields}
          >
            <p>{t('breaks')}</p>
          </ConfirmCard>
        )}
      </div>
    </TeamFrame>
  )
}

export default withNotFound(MemberPage)
