import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '#lib/db.ts'
import { type Cast, makeCast, makeClientRow, makeMember, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { authorize } from './authorize.ts'
import { createTeam, deleteTeam, getTeam, leaveTeam, renameTeam } from './index.ts'

useTestDatabase()
let cast: Cast

beforeEach(async () => {
  cast = await makeCast()
})

const everyone = ['owner', 'admin', 'developer', 'viewer', 'stranger', 'nobody'] as const

const userId = (ctx: Cast['owner']) => (ctx.actor.kind === 'user' ? ctx.actor.userId : '')

/** The outcome of `verb` for each actor. */
async function outcomes(verb: (ctx: Cast['owner']) => Promise<unknown>): Promise<Record<string, string>> {
  const results: Record<string, string> = {}
  for (const actor of everyone) results[actor] = await outcome(verb(cast[actor]))
  return results
}

describe('createTeam', () => {
  it('makes its person the owner, and is for people only', async () => {
    const team = await createTeam({ ctx: cast.viewer, input: { name: '  Été 🚀 ' } })
    expect(team.name).toBe('Été 🚀')
    expect(await authorize(cast.viewer, { teamId: team.id, permission: 'plan.manage' })).toMatchObject({ owner: true })
    expect(await outcome(createTeam({ ctx: cast.nobody, input: { name: 'x' } }))).toBe('unauthenticated')
    expect(await outcome(createTeam({ ctx: cast.system, input: { name: 'x' } }))).toBe('unauthenticated')
    expect(await outcome(createTeam({ ctx: cast.owner, input: { name: '\u202e' } }))).toBe('validation_failed')
    expect(await db().auditEvent.count({ where: { teamId: team.id, action: 'team.created' } })).toBe(1)
  })

  it('stops at 50 owned teams, also when asked in parallel', async () => {
    const owned = Array.from({ length: 48 }, (_, index) => ({
      id: `tm_many${index}_${userId(cast.owner).slice(4)}`,
      name: `Team ${index}`,
    }))
    await db().team.createMany({ data: owned })
    await db().member.createMany({ data: owned.map(({ id }) => ({ teamId: id, userId: userId(cast.owner), roleId: 'rol_owner' })) })
    const results = await Promise.all([1, 2, 3, 4].map((n) => outcome(createTeam({ ctx: cast.owner, input: { name: `More ${n}` } }))))
    expect(results.sort()).toEqual(['limit_reached', 'limit_reached', 'limit_reached', 'ok'])
  })
})

describe('renameTeam', () => {
  it('needs members.manage', async () => {
    expect(await outcomes((ctx) => renameTeam({ ctx, input: { teamId: cast.teamId, name: `By ${userId(ctx)}` } }))).toEqual({
      owner: 'ok',
      admin: 'ok',
      developer: 'permission_denied',
      viewer: 'permission_denied',
      stranger: 'not_found',
      nobody: 'unauthenticated',
    })
  })

  it('tells the later of two editors, records both names, and does nothing twice', async () => {
    const { name: was } = await getTeam({ ctx: cast.viewer, input: { teamId: cast.teamId } })
    const rename = (ctx: Cast['owner'], name: string) => renameTeam({ ctx, input: { teamId: cast.teamId, name, was } })
    await rename(cast.owner, 'First')
    await expect(rename(cast.admin, 'Second')).rejects.toMatchObject({
      code: 'conflict',
      params: { reason: 'team_renamed', name: 'First' },
    })
    await rename(cast.admin, 'First')
    const events = await db().auditEvent.findMany({ where: { teamId: cast.teamId, action: 'team.renamed' } })
    expect(events.map(({ before, after }) => [before, after])).toEqual([[{ name: was }, { name: 'First' }]])
  })

  it('is not for a member limited to chosen clients, whatever their role', async () => {
    const limited = await makeMember(cast.teamId, ['members.manage', 'clients.read'], [await makeClientRow(cast.teamId)])
    expect(await outcome(renameTeam({ ctx: limited, input: { teamId: cast.teamId, name: 'Mine' } }))).toBe('permission_denied')
  })
})

describe('leaveTeam', () => {
  it('ends what the member could do at once, and is for members', async () => {
    const leave = (ctx: Cast['owner']) => outcome(leaveTeam({ ctx, input: { teamId: cast.teamId } }))
    expect(await leave(cast.viewer)).toBe('ok')
    expect(await outcome(authorize(cast.viewer, { teamId: cast.teamId, permission: 'clients.read' }))).toBe('not_found')
    expect(await leave(cast.viewer)).toBe('not_found')
    expect(await leave(cast.stranger)).toBe('not_found')
    expect(await leave(cast.nobody)).toBe('unauthenticated')
    expect(await leave(cast.system)).toBe('not_found')
  })

  it('keeps the person of a personal team, and the last owner of any', async () => {
    await expect(leaveTeam({ ctx: cast.owner, input: { teamId: cast.teamId } })).rejects.toMatchObject({
      params: { reason: 'personal_owner' },
    })
    const team = await createTeam({ ctx: cast.owner, input: { name: 'Shared' } })
    await expect(leaveTeam({ ctx: cast.owner, input: { teamId: team.id } })).rejects.toMatchObject({ params: { reason: 'last_owner' } })
    await db().member.create({ data: { teamId: team.id, userId: userId(cast.admin), roleId: 'rol_owner' } })
    expect(await outcome(leaveTeam({ ctx: cast.owner, input: { teamId: team.id } }))).toBe('ok')
  })

  it('keeps one owner of two that leave at the same moment', async () => {
    const team = await createTeam({ ctx: cast.owner, input: { name: 'Race' } })
    await db().member.create({ data: { teamId: team.id, userId: userId(cast.admin), roleId: 'rol_owner' } })
    const results = await Promise.all([cast.owner, cast.admin].map((ctx) => outcome(leaveTeam({ ctx, input: { teamId: team.id } }))))
    expect(results.sort()).toEqual(['conflict', 'ok'])
    expect(await db().member.count({ where: { teamId: team.id } })).toBe(1)
  })

  it('counts no owner who cannot log in', async () => {
    const team = await createTeam({ ctx: cast.owner, input: { name: 'Ghost' } })
    await db().member.create({ data: { teamId: team.id, userId: userId(cast.admin), roleId: 'rol_owner' } })
    await db().user.update({ where: { id: userId(cast.admin) }, data: { disabledAt: new Date() } })
    expect(await outcome(leaveTeam({ ctx: cast.owner, input: { teamId: team.id } }))).toBe('conflict')
  })
})

describe('deleteTeam', () => {
  const shared = async (): Promise<string> => {
    const team = await createTeam({ ctx: cast.owner, input: { name: 'Shared' } })
    for (const role of ['admin', 'developer', 'viewer'] as const) {
      await db().member.create({ data: { teamId: team.id, userId: userId(cast[role]), roleId: `rol_${role}` } })
    }
    return team.id
  }

  it('is for owners, by name, and not for a personal team', async () => {
    const teamId = await shared()
    const wrong = await outcomes((ctx) => deleteTeam({ ctx, input: { teamId, name: 'Other' } }))
    expect(wrong).toEqual({
      owner: 'validation_failed',
      admin: 'permission_denied',
      developer: 'permission_denied',
      viewer: 'permission_denied',
      stranger: 'not_found',
      nobody: 'unauthenticated',
    })
    const manager = await makeMember(teamId, ['plan.manage'])
    await expect(deleteTeam({ ctx: manager, input: { teamId } })).rejects.toMatchObject({ params: { reason: 'owner' } })
    await expect(deleteTeam({ ctx: cast.owner, input: { teamId: cast.teamId } })).rejects.toMatchObject({
      params: { reason: 'personal_team' },
    })
    expect(await outcome(deleteTeam({ ctx: cast.owner, input: { teamId, name: ' Shared ' } }))).toBe('ok')
    expect(await outcome(getTeam({ ctx: cast.viewer, input: { teamId } }))).toBe('not_found')
  })

  it('waits until the clients are gone, and takes deleted ones along', async () => {
    const teamId = await shared()
    const clientId = await makeClientRow(teamId)
    await makeMember(teamId, ['clients.read'], [clientId])
    await expect(deleteTeam({ ctx: cast.owner, input: { teamId } })).rejects.toMatchObject({
      params: { reason: 'team_clients', count: 1 },
    })
    await db().client.update({ where: { id: clientId }, data: { deletedAt: new Date() } })
    expect((await getTeam({ ctx: cast.owner, input: { teamId } })).deletedClients).toBe(1)
    await deleteTeam({ ctx: cast.owner, input: { teamId } })
    expect(await db().client.count({ where: { id: clientId } })).toBe(0)
    expect(await db().role.count({ where: { teamId } })).toBe(0)
    expect(await db().auditEvent.count({ where: { teamId: null, targetId: teamId, action: 'team.deleted' } })).toBe(1)
  })
})

describe('getTeam', () => {
  it('is for members, and counts for a limited one only their clients', async () => {
    const mine = await makeClientRow(cast.teamId)
    await makeClientRow(cast.teamId)
    const limited = await makeMember(cast.teamId, [], [mine])
    expect(await getTeam({ ctx: limited, input: { teamId: cast.teamId } })).toMatchObject({ clients: 1, lastOwner: false })
    expect(await getTeam({ ctx: cast.owner, input: { teamId: cast.teamId } })).toMatchObject({
      clients: 2,
      lastOwner: true,
      personal: true,
    })
    expect(await outcome(getTeam({ ctx: cast.stranger, input: { teamId: cast.teamId } }))).toBe('not_found')
    expect(await outcome(getTeam({ ctx: cast.nobody, input: { teamId: cast.teamId } }))).toBe('unauthenticated')
  })
})
