import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '#lib/db.ts'
import { type Cast, makeCast, makeClientRow, makeMember, makeUser, outcome, testContext } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { authorize } from './authorize.ts'
import { authorizeClient } from './authorize-client.ts'
import { teamsOf } from './teams-of.ts'

describe('authorize', () => {
  useTestDatabase()
  let cast: Cast
  let clients: string[]

  beforeAll(async () => {
    cast = await makeCast()
    clients = [await makeClientRow(cast.teamId), await makeClientRow(cast.teamId)]
  })

  it.each([
    ['owner', 'plan.manage', 'ok'],
    ['admin', 'plan.manage', 'permission_denied'],
    ['admin', 'clients.delete', 'ok'],
    ['developer', 'clients.delete', 'permission_denied'],
    ['developer', 'secrets.manage', 'ok'],
    ['viewer', 'secrets.manage', 'permission_denied'],
    ['viewer', 'clients.read', 'ok'],
    ['stranger', 'clients.read', 'not_found'],
    ['nobody', 'clients.read', 'unauthenticated'],
    ['system', 'plan.manage', 'ok'],
  ] as const)('%s with %s: %s', async (actor, permission, expected) => {
    expect(await outcome(authorize(cast[actor], { teamId: cast.teamId, permission }))).toBe(expected)
  })

  it('names the missing permission', async () => {
    await expect(authorize(cast.viewer, { teamId: cast.teamId, permission: 'domains.manage' })).rejects.toMatchObject({
      params: { permission: 'domains.manage' },
    })
  })

  it('lets a role that is limited to some clients count for those only', async () => {
    const [mine = '', other = ''] = clients
    const member = await makeMember(cast.teamId, ['clients.read', 'clients.update', 'clients.create'], [mine])
    const asked = (permission: 'clients.update' | 'clients.create' | 'clients.read', clientId?: string) =>
      outcome(authorize(member, { teamId: cast.teamId, permission, ...(clientId ? { clientId } : {}) }))
    expect(await asked('clients.update', mine)).toBe('ok')
    expect(await asked('clients.update', other)).toBe('not_found')
    expect(await asked('clients.create')).toBe('permission_denied')
    expect(await asked('clients.read')).toBe('ok')
    expect((await authorize(member, { teamId: cast.teamId, permission: 'clients.read' })).clientIds).toEqual([mine])
  })

  it('knows no client and no disabled user as a member', async () => {
    expect(
      await outcome(
        authorize(testContext({ kind: 'client', clientId: clients[0] ?? '' }), { teamId: cast.teamId, permission: 'clients.read' }),
      ),
    ).toBe('not_found')
    const member = await makeMember(cast.teamId, ['clients.read'])
    await db().user.update({ where: { id: member.userId }, data: { disabledAt: new Date() } })
    expect(await outcome(authorize(member, { teamId: cast.teamId, permission: 'clients.read' }))).toBe('not_found')
  })

  it('answers a client that is unknown, deleted, impossible or not theirs in one way', async () => {
    const [mine = ''] = clients
    const asked = (ctx: Cast['owner'], clientId: unknown) =>
      outcome(authorizeClient(ctx, { clientId: clientId as string, permission: 'clients.read' }))
    expect(await asked(cast.viewer, mine)).toBe('ok')
    expect(await asked(cast.nobody, mine)).toBe('unauthenticated')
    expect(await asked(cast.stranger, mine)).toBe('not_found')
    for (const impossible of ['cl_none', '', 'a\0b', { not: '' }, undefined]) expect(await asked(cast.owner, impossible)).toBe('not_found')
    const gone = await makeClientRow(cast.teamId)
    await db().client.update({ where: { id: gone }, data: { deletedAt: new Date() } })
    expect(await asked(cast.owner, gone)).toBe('not_found')
    expect(await asked(cast.system, gone)).toBe('not_found')
  })

  it('lists the teams of a person, the personal one first', async () => {
    const owner = cast.owner.actor.kind === 'user' ? cast.owner.actor.userId : ''
    await db().member.create({ data: { teamId: cast.strangerTeamId, userId: owner, roleId: 'rol_viewer', createdAt: new Date(0) } })
    const teams = await teamsOf(owner)
    expect(teams.map(({ id, personal, role }) => [id, personal, role.key])).toEqual([
      [cast.teamId, true, 'owner'],
      [cast.strangerTeamId, false, 'viewer'],
    ])
    expect(await teamsOf((await makeUser('alone')).userId)).toEqual([])
  })
})
