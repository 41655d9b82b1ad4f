import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { FormSelectField, FormTextField } from '#components/forms/form-fields.tsx'
import { NeedsPermission } from '#components/forms/needs-permission.tsx'
import { withNotFound, withNotFoundTitle } from '#components/shell/with-not-found.tsx'
import { ClientChoice } from '#components/teams/client-choice.tsx'
import { ClientSearch } from '#components/teams/client-search.tsx'
import { InvitationForm } from '#components/teams/invitation-form.tsx'
import { TeamFrame } from '#components/teams/team-frame.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Card, CardBody } from '#components/ui/card.tsx'
import { FormActions, SubmitButton } from '#components/ui/form.tsx'
import { getTeamPlan } from '#lib/team-plan/index.ts'
import { listRoles } from '#lib/teams/index.ts'
import { ClientMessages } from '#lib/web/i18n/client-messages.tsx'
import { one, orNotFound, type Query } from '#lib/web/query.ts'
import { inviteMemberAction } from '#lib/web/teams/member-actions.ts'
import { clientOptions, teamPage } from '#lib/web/teams/page-data.ts'

export const generateMetadata = withNotFoundTitle(async ({ searchParams }: { searchParams: Promise<Query> }): Promise<Metadata> => {
  await teamPage(await searchParams)
  return { title: (await getTranslations('teams.invite'))('title') }
})

/** Asking someone into a team. */
async function InvitePage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams
  const page = await teamPage(query)
  const { ctx, team, permissions, href } = page
  const input = { teamId: team.id }
  const search = one(query.client)
  const [roles, { options, more }, plan, t, frame, system] = await Promise.all([
    orNotFound(listRoles({ ctx, input })),
    clientOptions(page, search),
    orNotFound(getTeamPlan({ ctx, input })),
    getTranslations('teams.invite'),
    getTranslations('teams.frame'),
    getTranslations('teams.roles'),
  ])
  const choices = roles.map((role) => {
    const name = role.system ? system(`system.${role.key as 'owner'}`) : role.name
    return { value: role.id, label: role.grantable ? name : t('tooHigh', { role: name }), disabled: !role.grantable }
  })
  const start = roles.find(({ key, grantable }) => key === 'developer' && grantable) ?? roles.findLast(({ grantable }) => grantable)
  const seats = plan.current?.maxMembers
  return (
    <TeamFrame page={page} title={t('title')} above={{ href: '/team', label: frame('members') }}>
      <div className="max-w-2xl space-y-6">
        {more || search ? <ClientSearch action="/team/invite" search={search} hidden={{ team: one(query.team) }} /> : null}
        <Card>
          <CardBody>
            <ClientMessages namespaces={['teams']}>
              <NeedsPermission has={permissions} permission="members.manage">
                <InvitationForm
                  action={inviteMemberAction}
                  fields={{ teamId: team.id }}
                  again={
                    <div className="flex flex-wrap gap-2">
                      <ButtonLink href={href('/team')} variant="primary">
                        {t('toMembers')}
                      </ButtonLink>
                      {/* A plain link: only loading the page anew brings an empty form. */}
                      <a href={href('/team/invite')} className="inline-flex min-h-9 items-center px-2 underline">
                        {t('another')}
                      </a>
                    </div>
                  }
                >
                  <p className="text-muted">
                    {t('intro')} {seats ? t('seats', { used: plan.usage.members, limit: seats }) : null}
                  </p>
                  <FormTextField
                    label={t('email')}
                    name="email"
                    type="email"
                    required
                    maxLength={254}
                    autoComplete="off"
                    spellCheck={false}
                  />
                  <FormSelectField label={t('role')} name="roleId" options={choices} defaultValue={start?.id} hint={t('roleHint')} />
                  <ClientChoice chosen={null} options={options} />
                  <FormActions>
                    <SubmitButton>{t('submit')}</SubmitButton>
                  </FormActions>
                </InvitationForm>
              </NeedsPermission>
            </ClientMessages>
          </CardBody>
        </Card>
      </div>
    </TeamFrame>
  )
}

export default withNotFound(InvitePage)
