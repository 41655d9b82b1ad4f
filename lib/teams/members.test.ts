import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '#lib/db.ts'
import { type Cast, makeCast, makeClientRow, makeMember, makeUser, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { authorize } from './authorize.ts'
import { authorizeClient } from './authorize-client.ts'
import { getMember, listMembers, removeMember, setMemberClients, setMemberRole } from './index.ts'
import type { ListMembersInput } from './schemas.ts'

useTestDatabase()
let cast: Cast
let target: Awaited<ReturnType<typeof makeUser>>

const everyone = ['owner', 'admin', 'developer', 'viewer', 'stranger', 'nobody'] as const
const userId = (ctx: Cast['owner']) => (ctx.actor.kind === 'user' ? ctx.actor.userId : '')

async function member(roleId: string) {
  const user = await makeUser('target')
  await db().member.create({ data: { teamId: cast.teamId, userId: user.userId, roleId } })
  return user
}

beforeEach(async () => {
  cast = await makeCast()
  target = await member('rol_viewer')
})

describe('setMemberRole', () => {
  const set = (ctx: Cast['owner'], roleId: string, who = target.userId) =>
    setMemberRole({ ctx, input: { teamId: cast.teamId, userId: who, roleId } })

  it.each([
    ['owner', 'ok'],
    ['admin', 'ok'],
    ['developer', 'permission_denied'],
    ['viewer', 'permission_denied'],
    ['stranger', 'not_found'],
    ['nobody', 'unauthenticated'],
    ['system', 'ok'],
  ] as const)('%s: %s', async (actor, expected) => {
    expect(await outcome(set(cast[actor], 'rol_developer'))).toBe(expected)
  })

  it('works at the next request, and records both roles', async () => {
    await set(cast.admin, 'rol_developer')
    expect(await outcome(authorize(target, { teamId: cast.teamId, permission: 'secrets.manage' }))).toBe('ok')
    const [event] = await db().auditEvent.findMany({ where: { teamId: cast.teamId, action: 'member.role_changed' } })
    expect(event).toMatchObject({ targetId: target.userId, before: { roleId: 'rol_viewer' }, after: { roleId: 'rol_developer' } })
    await set(cast.admin, 'rol_developer')
    expect(await db().auditEvent.count({ where: { teamId: cast.teamId, action: 'member.role_changed' } })).toBe(1)
  })

  it('hands out nothing that the actor lacks, and touches nobody above them', async () => {
    await expect(set(cast.admin, 'rol_owner')).rejects.toMatchObject({ params: { reason: 'owner' } })
    await expect(set(cast.admin, 'rol_viewer', userId(cast.owner))).rejects.toMatchObject({ params: { reason: 'owner' } })
    const hr = await makeMember(cast.teamId, ['members.manage', 'clients.read', 'logs.read', 'usage.read'])
    await expect(set(hr, 'rol_developer')).rejects.toMatchObject({ params: { reason: 'above', permission: 'clients.create' } })
    await expect(set(hr, 'rol_viewer', userId(cast.developer))).rejects.toMatchObject({ params: { reason: 'above' } })
    expect(await outcome(set(hr, 'rol_developer', hr.userId))).toBe('permission_denied')
    expect(await outcome(set(hr, 'rol_viewer', hr.userId))).toBe('ok')
  })

  it('gives no role of another team, and finds no member of another', async () => {
    const foreign = await db().role.create({
      data: { id: `rol_f${target.userId}`, key: 'f', name: 'F', teamId: cast.strangerTeamId, permissions: ['clients.read'] },
    })
    expect(await outcome(set(cast.owner, foreign.id))).toBe('not_found')
    expect(await outcome(set(cast.owner, 'rol_viewer', userId(cast.stranger)))).toBe('not_found')
    expect(await outcome(set(cast.owner, 'rol_viewer', 'a\0b'))).toBe('not_found')
  })

  it('keeps the last owner, also of two that demote each other, or themselves, at the same moment', async () => {
    await expect(set(cast.owner, 'rol_admin', userId(cast.owner))).rejects.toMatchObject({ params: { reason: 'personal_owner' } })
    await db().team.update({ where: { id: cast.teamId }, data: { personalOwnerId: null } })
    await expect(set(cast.owner, 'rol_admin', userId(cast.owner))).rejects.toMatchObject({ params: { reason: 'last_owner' } })
    for (const crossed of [true, false]) {
      const [one, two] = [await member('rol_owner'), cast.owner]
      const pairs = crossed
        ? ([
            [one, userId(two)],
            [two, one.userId],
          ] as const)
        : ([
            [one, one.userId],
            [two, userId(two)],
          ] as const)
      const results = await Promise.all(pairs.map(([ctx, who]) => outcome(set(ctx, 'rol_admin', who))))
      expect(results.filter((result) => result === 'ok')).toHaveLength(1)
      expect(await db().member.count({ where: { teamId: cast.teamId, roleId: 'rol_owner' } })).toBe(1)
      await db().member.updateMany({ where: { teamId: cast.teamId, userId: userId(two) }, data: { roleId: 'rol_owner' } })
      await db().member.deleteMany({ where: { teamId: cast.teamId, userId: one.userId } })
    }
  })

  it('lifts the limit of whoever becomes an owner', async () => {
    const clientId = await makeClientRow(cast.teamId)
    await setMemberClients({ ctx: cast.owner, input: { teamId: cast.teamId, userId: target.userId, clientIds: [clientId] } })
    await set(cast.owner, 'rol_owner')
    expect(await authorize(target, { teamId: cast.teamId, permission: 'clients.read' })).toMatchObject({ clientIds: null, owner: true })
  })
})

describe('setMemberClients', () => {
  const set = (ctx: Cast['owner'], clientIds: string[] | null, who = target.userId) =>
    setMemberClients({ ctx, input: { teamId: cast.teamId, userId: who, clientIds } })

  it.each(everyone)('%s', async (actor) => {
    const clientId = await makeClientRow(cast.teamId)
    const expected = {
      owner: 'ok',
      admin: 'ok',
      developer: 'permission_denied',
      viewer: 'permission_denied',
      stranger: 'not_found',
      nobody: 'unauthenticated',
    }
    expect(await outcome(set(cast[actor], [clientId]))).toBe(expected[actor])
  })

  it('narrows and widens at the next request', async () => {
    const [mine, other] = [await makeClientRow(cast.teamId), await makeClientRow(cast.teamId)]
    const reads = (clientId: string) => outcome(authorizeClient(target, { clientId, permission: 'clients.read' }))
    await set(cast.admin, [mine, mine])
    expect([await reads(mine), await reads(other)]).toEqual(['ok', 'not_found'])
    await set(cast.admin, null)
    expect(await reads(other)).toBe('ok')
    expect(await db().auditEvent.count({ where: { teamId: cast.teamId, action: 'member.clients_changed' } })).toBe(2)
  })

  it('takes clients of the team that are there, at least one, and limits no owner', async () => {
    const foreign = await makeClientRow(cast.strangerTeamId)
    const gone = await makeClientRow(cast.teamId)
    await db().client.update({ where: { id: gone }, data: { deletedAt: new Date() } })
    for (const ids of [[foreign], [gone], ['cl_none'], []]) expect(await outcome(set(cast.owner, ids))).toBe('validation_failed')
    const mine = await makeClientRow(cast.teamId)
    await expect(set(cast.owner, [mine], userId(cast.owner))).rejects.toMatchObject({ params: { reason: 'owner_limited' } })
    expect(await outcome(set(cast.admin, [mine], userId(cast.owner)))).toBe('permission_denied')
  })
})

describe('removeMember', () => {
  const remove = (ctx: Cast['owner'], who = target.userId) => removeMember({ ctx, input: { teamId: cast.teamId, userId: who } })

  it.each([
    ['owner', 'ok'],
    ['admin', 'ok'],
    ['developer', 'permission_denied'],
    ['viewer', 'permission_denied'],
    ['stranger', 'not_found'],
    ['nobody', 'unauthenticated'],
  ] as const)('%s: %s', async (actor, expected) => {
    expect(await outcome(remove(cast[actor]))).toBe(expected)
    const may = await outcome(authorize(target, { teamId: cast.teamId, permission: 'clients.read' }))
    expect(may).toBe(expected === 'ok' ? 'not_found' : 'ok')
  })

  it('removes nobody above, and no last owner', async () => {
    await expect(remove(cast.admin, userId(cast.owner))).rejects.toMatchObject({ params: { reason: 'owner' } })
    await expect(remove(cast.owner, userId(cast.owner))).rejects.toMatchObject({ params: { reason: 'personal_owner' } })
    const hr = await makeMember(cast.teamId, ['members.manage'])
    await expect(remove(hr)).rejects.toMatchObject({ params: { reason: 'above' } })
  })

  it('of two owners that remove each other at the same moment keeps one', async () => {
    await db().team.update({ where: { id: cast.teamId }, data: { personalOwnerId: null } })
    const other = await member('rol_owner')
    const results = await Promise.all([outcome(remove(cast.owner, other.userId)), outcome(remove(other, userId(cast.owner)))])
    expect(results.sort()).toEqual(['not_found', 'ok'])
    expect(await db().member.count({ where: { teamId: cast.teamId, roleId: 'rol_owner' } })).toBe(1)
  })
})

describe('listMembers and getMember', () => {
  const list = async (ctx: Cast['owner'], input: Partial<ListMembersInput> = {}) =>
    listMembers({ ctx, input: { teamId: cast.teamId, ...input } })

  it.each([
    ['owner', 'ok'],
    ['viewer', 'ok'],
    ['stranger', 'not_found'],
    ['nobody', 'unauthenticated'],
  ] as const)('%s: %s', async (actor, expected) => {
    expect(await outcome(list(cast[actor]))).toBe(expected)
    expect(await outcome(getMember({ ctx: cast[actor], input: { teamId: cast.teamId, userId: target.userId } }))).toBe(expected)
  })

  it('shows addresses and when someone was seen to those who manage members', async () => {
    await db().session.create({
      data: { id: `ses_${target.userId}`, tokenHash: Buffer.from(target.userId), userId: target.userId, expiresAt: new Date() },
    })
    const of = async (ctx: Cast['owner']) => (await list(ctx)).members.find((one) => one.userId === target.userId)
    expect(await of(cast.admin)).toMatchObject({ email: target.email, lastSeenAt: expect.any(String), below: true, you: false })
    expect(await of(cast.viewer)).toMatchObject({ email: null, lastSeenAt: null })
    expect(await of(target)).toMatchObject({ email: target.email, you: true })
    expect((await list(cast.viewer, { search: target.email })).members).toEqual([])
    expect((await list(cast.admin, { search: target.email.toUpperCase() })).members).toHaveLength(1)
  })

  it('shows a member limited to chosen clients themselves only', async () => {
    const limited = await makeMember(cast.teamId, ['clients.read', 'members.manage'], [await makeClientRow(cast.teamId)])
    expect((await list(limited)).members.map((one) => one.userId)).toEqual([limited.userId])
    expect(await outcome(getMember({ ctx: limited, input: { teamId: cast.teamId, userId: target.userId } }))).toBe('not_found')
    expect(await getMember({ ctx: limited, input: { teamId: cast.teamId, userId: limited.userId } })).toMatchObject({ clients: 1 })
  })

  it.each(['joined', 'name'] as const)('pages through all of them once, by %s', async (sort) => {
    const at = new Date('2026-01-01T00:00:00.123Z')
    await db().member.updateMany({ where: { teamId: cast.teamId }, data: { createdAt: at } })
    await db().user.update({ where: { id: target.userId }, data: { name: 'ábc "quoted" 100%' } })
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof list>> = await list(cast.owner, { sort, limit: 2, ...(cursor ? { cursor } : {}) })
      seen.push(...page.members.map((one) => one.userId))
      cursor = page.nextCursor
    } while (cursor)
    expect(seen).toHaveLength(5)
    expect(new Set(seen).size).toBe(5)
  })

  it('finds literally, filters by role, and refuses a cursor that is not ours', async () => {
    expect((await list(cast.owner, { search: '%' })).members).toEqual([])
    expect((await list(cast.owner, { roleId: 'rol_viewer' })).members).toHaveLength(2)
    const { nextCursor } = await list(cast.owner, { limit: 1 })
    for (const cursor of ['x', Buffer.from('["joined","zz","usr_1"]').toString('base64url'), Buffer.from('[1]').toString('base64url')]) {
      expect(await outcome(list(cast.owner, { cursor }))).toBe('validation_failed')
    }
    expect(await outcome(list(cast.owner, { sort: 'name', cursor: nextCursor ?? '' }))).toBe('validation_failed')
  })
})
