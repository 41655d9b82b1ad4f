import type { Metadata } from 'next'
import Form from 'next/form'
import { getTranslations } from 'next-intl/server'
import { NeedsPermission } from '#components/forms/needs-permission.tsx'
import { withNotFound, withNotFoundTitle } from '#components/shell/with-not-found.tsx'
import { RoleName } from '#components/teams/role-name.tsx'
import { TeamFrame } from '#components/teams/team-frame.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { TextLink } from '#components/ui/link.tsx'
import { listRoles } from '#lib/teams/index.ts'
import { orNotFound, type Query } from '#lib/web/query.ts'
import { teamPage } from '#lib/web/teams/page-data.ts'

export const generateMetadata = withNotFoundTitle(async ({ searchParams }: { searchParams: Promise<Query> }): Promise<Metadata> => {
  await teamPage(await searchParams)
  return { title: (await getTranslations('teams.roles'))('title') }
})

/** The roles of a team, and what each allows. */
async function RolesPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams
  const page = await teamPage(query)
  const { ctx, team, permissions, href } = page
  const [roles, t] = await Promise.all([orNotFound(listRoles({ ctx, input: { teamId: team.id } })), getTranslations('teams.roles')])
  const create = (
    <NeedsPermission has={permissions} permission="roles.manage">
      <Form action="/team/roles/new">
        {query.team ? <input type="hidden" name="team" value={team.id} /> : null}
        <Button type="submit" variant="primary">
          {t('create')}
        </Button>
      </Form>
    </NeedsPermission>
  )
  return (
    <TeamFrame page={page} actions={create}>
      <ul className="space-y-4">
        {roles.map((role) => (
          <Card as="li" key={role.id}>
            <CardHeader
              title={
                <span className="flex flex-wrap items-center gap-2 [overflow-wrap:anywhere]">
                  <RoleName role={role} />
                  {role.system ? null : <Badge>{t('own')}</Badge>}
                </span>
              }
              description={t('used', { members: role.members, invitations: role.invitations })}
              actions={
                <TextLink href={href(`/team/roles/${role.id}`)} aria-label={t(role.system ? 'viewRole' : 'editRole', { role: role.name })}>
                  {t(role.system ? 'view' : 'edit')}
                </TextLink>
              }
            />
            <CardBody>
              {role.key === 'owner' ? <p className="mb-2 text-muted">{t('ownerNote')}</p> : null}
              <ul className="flex flex-wrap gap-1.5">
                {role.permissions.map((name) => (
                  <li key={name}>
                    <Badge className="font-mono">{name}</Badge>
                  </li>
                ))}
              </ul>
            </CardBody>
          </Card>
        ))}
      </ul>
    </TeamFrame>
  )
}

export default withNotFound(RolesPage)
