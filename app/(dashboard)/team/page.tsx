import { MailPlus, Search } from 'lucide-react'
import type { Metadata } from 'next'
import Form from 'next/form'
import { getTranslations } from 'next-intl/server'
import { NeedsPermission } from '#components/forms/needs-permission.tsx'
import { withNotFound, withNotFoundTitle } from '#components/shell/with-not-found.tsx'
import { InvitationList } from '#components/teams/invitation-list.tsx'
import { MemberTable } from '#components/teams/member-table.tsx'
import { TeamFrame } from '#components/teams/team-frame.tsx'
import { Alert } from '#components/ui/alert.tsx'
import { Button, ButtonLink } from '#components/ui/button.tsx'
import { Card, CardHeader } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { SelectField, TextField } from '#components/ui/field.tsx'
import { PagesNav } from '#components/ui/pages-nav.tsx'
import { listInvitations } from '#lib/invitations/index.ts'
import { listMembers, listRoles } from '#lib/teams/index.ts'
import { one, orNotFound, type Query } from '#lib/web/query.ts'
import { teamPage } from '#lib/web/teams/page-data.ts'

export const generateMetadata = withNotFoundTitle(async ({ searchParams }: { searchParams: Promise<Query> }): Promise<Metadata> => {
  await teamPage(await searchParams)
  return { title: (await getTranslations('teams.members'))('title') }
})

/** The members of a team, and whom it has invited. */
async function MembersPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams
  const page = await teamPage(query)
  const { ctx, team, permissions, href } = page
  const [search, roleId, cursor] = [one(query.q), one(query.role), one(query.cursor)]
  const sort = one(query.sort) === 'name' ? 'name' : 'joined'
  const manages = permissions.includes('members.manage')
  const input = {
    teamId: team.id,
    sort,
    ...(search ? { search } : {}),
    ...(roleId ? { roleId } : {}),
    ...(cursor ? { cursor } : {}),
  } as const
  const [{ members, nextCursor }, roles, invitations, t, systemNames] = await Promise.all([
    orNotFound(listMembers({ ctx, input })),
    orNotFound(listRoles({ ctx, input: { teamId: team.id } })),
    manages ? orNotFound(listInvitations({ ctx, input: { teamId: team.id } })) : [],
    getTranslations('teams.members'),
    getTranslations('teams.roles.system'),
  ])
  const filters = { q: search, role: roleId, sort: sort === 'name' ? 'name' : undefined }
  const roleName = (role: { key: string; name: string; system: boolean }) => (role.system ? systemNames(role.key as 'owner') : role.name)
  const invite = (
    <NeedsPermission has={permissions} permission="members.manage">
      <Form action="/team/invite">
        {query.team ? <input type="hidden" name="team" value={team.id} /> : null}
        <Button type="submit" variant="primary">
          <MailPlus aria-hidden />
          {t('invite')}
        </Button>
      </Form>
    </NeedsPermission>
  )
  return (
    <TeamFrame page={page} actions={invite}>
      {query.joined ? (
        <Alert tone="success" role="status">
          {t('joined', { team: team.name })}
        </Alert>
      ) : null}
      {query.removed ? (
        <Alert tone="success" role="status">
          {t('removed')}
        </Alert>
      ) : null}
      <Form action="/team" className="flex max-w-3xl flex-wrap items-end gap-2">
        {query.team ? <input type="hidden" name="team" value={team.id} /> : null}
        {filters.sort ? <input type="hidden" name="sort" value={filters.sort} /> : null}
        <TextField
          className="flex-1 basis-56"
          label={manages ? t('search') : t('searchName')}
          name="q"
          type="search"
          defaultValue={search}
        />
        <SelectField
          className="basis-44 max-sm:grow"
          label={t('columns.role')}
          name="role"
          defaultValue={roleId ?? ''}
          options={[{ value: '', label: t('anyRole') }, ...roles.map((role) => ({ value: role.id, label: roleName(role) }))]}
        />
        <Button type="submit">
          <Search aria-hidden />
          {t('find')}
        </Button>
      </Form>
      <Card>
        {members.length === 0 ? (
          <EmptyState
            title={t('nobody.title')}
            description={t('nobody.description')}
            action={<ButtonLink href={href('/team')}>{t('nobody.all')}</ButtonLink>}
          />
        ) : (
          <MemberTable
            members={members}
            manages={manages}
            href={href}
            sort={sort}
            sortHref={(by) => href('/team', { ...filters, sort: by === 'name' ? by : undefined })}
          />
        )}
      </Card>
      <PagesNav first={cursor && href('/team', filters)} next={nextCursor && href('/team', { ...filters, cursor: nextCursor })} />
      {invitations.length > 0 ? (
        <Card>
          <CardHeader title={t('invited.title')} description={t('invited.description')} />
          <InvitationList teamId={team.id} invitations={invitations} />
        </Card>
      ) : null}
    </TeamFrame>
  )
}

export default withNotFound(MembersPage)
