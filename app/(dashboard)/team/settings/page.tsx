import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/forms/action-form.tsx'
import { ConfirmCard } from '#components/forms/confirm-card.tsx'
import { FormTextField } from '#components/forms/form-fields.tsx'
import { NeedsPermission } from '#components/forms/needs-permission.tsx'
import { withNotFound, withNotFoundTitle } from '#components/shell/with-not-found.tsx'
import { TeamFrame } from '#components/teams/team-frame.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { FormActions, SubmitButton } from '#components/ui/form.tsx'
import { getTeam } from '#lib/teams/index.ts'
import { orNotFound, type Query } from '#lib/web/query.ts'
import { teamPage } from '#lib/web/teams/page-data.ts'
import { deleteTeamAction, leaveTeamAction, renameTeamAction, revokeTeamTokensAction } from '#lib/web/teams/team-actions.ts'

export const generateMetadata = withNotFoundTitle(async ({ searchParams }: { searchParams: Promise<Query> }): Promise<Metadata> => {
  await teamPage(await searchParams)
  return { title: (await getTranslations('teams.settings'))('title') }
})

/** A team's name; ending its tokens; leaving and deleting it. */
async function TeamSettingsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const page = await teamPage(await searchParams)
  const { ctx, team, permissions } = page
  const [detail, t, common] = await Promise.all([
    orNotFound(getTeam({ ctx, input: { teamId: team.id } })),
    getTranslations('teams.settings'),
    getTranslations('common'),
  ])
  const fields = { teamId: team.id }
  const name = <strong className="font-semibold select-all">{detail.name}</strong>
  const stays = team.personal ? t('leave.personal') : detail.lastOwner ? t('leave.lastOwner') : null
  const keeps = detail.personal
    ? t('delete.personal')
    : team.role.key !== 'owner'
      ? t('delete.ownerOnly')
      : detail.clients > 0
        ? t('delete.clients', { count: detail.clients })
        : null
  return (
    <TeamFrame page={page}>
      <div className="max-w-3xl space-y-6">
        <Card>
          <CardHeader title={t('rename.title')} description={t('rename.description')} />
          <CardBody>
            <NeedsPermission has={permissions} permission="members.manage">
              <ActionForm action={renameTeamAction} fields={{ ...fields, was: detail.name }}>
                <FormTextField
                  label={t('rename.name')}
                  name="name"
                  required
                  maxLength={200}
                  autoComplete="off"
                  defaultValue={detail.name}
                  className="max-w-md"
                />
                <FormActions>
                  <SubmitButton>{common('save')}</SubmitButton>
                </FormActions>
              </ActionForm>
            </NeedsPermission>
          </CardBody>
        </Card>
        <ConfirmCard
          id="revoke-tokens"
          title={t('revoke.title')}
          description={t('revoke.description')}
          needs={{ has: team.limitedClients ? [] : permissions, permission: 'tokens.revoke' }}
          trigger={t('revoke.trigger')}
          triggerVariant="danger"
          question={t('revoke.question', { team: detail.name })}
          confirm={t('revoke.trigger')}
          action={revokeTeamTokensAction}
          fields={fields}
        >
          <p>{t('revoke.breaks', { clients: detail.clients })}</p>
          <FormTextField label={t.rich('delete.type', { name: () => name })} name="name" required autoComplete="off" spellCheck={false} />
        </ConfirmCard>
        <ConfirmCard
          id="leave"
          title={t('leave.title')}
          description={t('leave.description')}
          locked={stays}
          trigger={t('leave.trigger')}
          question={t('leave.question', { team: detail.name })}
          confirm={t('leave.trigger')}
          action={leaveTeamAction}
          fields={fields}
        >
          <p>{t('leave.breaks')}</p>
        </ConfirmCard>
        <ConfirmCard
          id="delete-team"
          title={t('delete.title')}
          description={t('delete.description')}
          needs={{ has: permissions, permission: 'plan.manage' }}
          locked={keeps}
          trigger={t('delete.trigger')}
          triggerVariant="danger"
          question={t('delete.question', { team: detail.name })}
          confirm={t('delete.trigger')}
          action={deleteTeamAction}
          fields={fields}
        >
          <p>{t('delete.breaks', { members: detail.members, deleted: detail.deletedClients })}</p>
          <FormTextField label={t.rich('delete.type', { name: () => name })} name="name" required autoComplete="off" spellCheck={false} />
        </ConfirmCard>
      </div>
    </TeamFrame>
  )
}

export default withNotFound(TeamSettingsPage)
