import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '#lib/db.ts'
import { type Cast, makeCast, makeClientRow, makeMember, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { authorize } from './authorize.ts'
import { createRole, deleteRole, listRoles, setMemberRole, updateRole } from './index.ts'

useTestDatabase()
let cast: Cast

beforeEach(async () => {
  cast = await makeCast()
})

const create = (ctx: Cast['owner'], name = 'Support', permissions: string[] = ['clients.read', 'logs.read']) =>
  createRole({ ctx, input: { teamId: cast.teamId, name, permissions: permissions as never } })

describe('createRole', () => {
  it.each([
    ['owner', 'ok'],
    ['admin', 'ok'],
    ['developer', 'permission_denied'],
    ['viewer', 'permission_denied'],
    ['stranger', 'not_found'],
    ['nobody', 'unauthenticated'],
  ] as const)('%s: %s', async (actor, expected) => {
    expect(await outcome(create(cast[actor]))).toBe(expected)
  })

  it('gives nothing that its maker lacks, and refuses taken names and unknown permissions', async () => {
    await expect(create(cast.admin, 'Money', ['plan.manage'])).rejects.toMatchObject({
      code: 'permission_denied',
      params: { reason: 'above', permission: 'plan.manage' },
    })
    await create(cast.admin)
    for (const name of ['support', 'OWNER', '']) expect(await outcome(create(cast.admin, name))).toBe('validation_failed')
    expect(await outcome(create(cast.admin, 'x', ['clients.fly']))).toBe('validation_failed')
    expect(await outcome(create(cast.admin, 'x', []))).toBe('validation_failed')
    const limited = await makeMember(cast.teamId, ['roles.manage', 'clients.read'], [await makeClientRow(cast.teamId)])
    expect(await outcome(create(limited, 'x', ['clients.read']))).toBe('permission_denied')
  })

  it('takes a name once, however many ask at once', async () => {
    const results = await Promise.all([1, 2, 3].map(() => outcome(create(cast.owner, 'Same'))))
    expect(results.sort()).toEqual(['ok', 'validation_failed', 'validation_failed'])
  })
})

describe('updateRole', () => {
  const update = (ctx: Cast['owner'], roleId: string, permissions: string[], more: { name?: string; version?: number } = {}) =>
    updateRole({ ctx, input: { teamId: cast.teamId, roleId, name: 'Support', permissions: permissions as never, ...more } })

  it.each([
    ['owner', 'ok'],
    ['admin', 'ok'],
    ['developer', 'permission_denied'],
    ['viewer', 'permission_denied'],
    ['stranger', 'not_found'],
    ['nobody', 'unauthenticated'],
  ] as const)('%s: %s', async (actor, expected) => {
    const role = await create(cast.owner)
    expect(await outcome(update(cast[actor], role.id, ['clients.read']))).toBe(expected)
  })

  it('counts for everyone who has it at the next request, and is recorded', async () => {
    const role = await create(cast.owner)
    const viewer = cast.viewer.actor.kind === 'user' ? cast.viewer.actor.userId : ''
    await setMemberRole({ ctx: cast.owner, input: { teamId: cast.teamId, userId: viewer, roleId: role.id } })
    await update(cast.owner, role.id, ['clients.read', 'secrets.manage'], { version: role.version })
    expect(await outcome(authorize(cast.viewer, { teamId: cast.teamId, permission: 'secrets.manage' }))).toBe('ok')
    await expect(update(cast.admin, role.id, ['clients.read'], { version: role.version })).rejects.toMatchObject({
      params: { reason: 'role_version' },
    })
    const [event] = await db().auditEvent.findMany({ where: { teamId: cast.teamId, action: 'role.changed' } })
    expect(event).toMatchObject({
      before: { permissions: ['clients.read', 'logs.read'] },
      after: { permissions: ['clients.read', 'secrets.manage'] },
    })
  })

  it('raises nobody above the actor, not even by their own role, and lowers nobody above them', async () => {
    const lead = await makeMember(cast.teamId, ['roles.manage', 'clients.read'])
    const own = (await listRoles({ ctx: lead, input: { teamId: cast.teamId } })).find(({ key }) => key === `custom-${lead.userId}`)
    await expect(update(lead, own?.id ?? '', ['roles.manage', 'clients.read', 'plan.manage'])).rejects.toMatchObject({
      params: { reason: 'above', permission: 'plan.manage' },
    })
    const strong = await create(cast.owner, 'Strong', ['clients.delete', 'clients.read'])
    expect(await outcome(update(lead, strong.id, ['clients.read']))).toBe('permission_denied')
    expect(await outcome(deleteRole({ ctx: lead, input: { teamId: cast.teamId, roleId: strong.id } }))).toBe('permission_denied')
  })

  it('leaves the roles that every team has, and those of other teams', async () => {
    await expect(update(cast.owner, 'rol_viewer', ['clients.read'])).rejects.toMatchObject({ params: { reason: 'system_role' } })
    const foreign = await createRole({
      ctx: cast.stranger,
      input: { teamId: cast.strangerTeamId, name: 'F', permissions: ['clients.read'] },
    })
    expect(await outcome(update(cast.owner, foreign.id, ['clients.read']))).toBe('not_found')
  })
})

describe('deleteRole', () => {
  const remove = (ctx: Cast['owner'], roleId: string) => deleteRole({ ctx, input: { teamId: cast.teamId, roleId } })

  it.each([
    ['owner', 'ok'],
    ['admin', 'ok'],
    ['developer', 'permission_denied'],
    ['viewer', 'permission_denied'],
    ['stranger', 'not_found'],
    ['nobody', 'unauthenticated'],
  ] as const)('%s: %s', async (actor, expected) => {
    expect(await outcome(remove(cast[actor], (await create(cast.owner)).id))).toBe(expected)
  })

  it('waits until nobody has it', async () => {
    const member = await makeMember(cast.teamId, ['clients.read'])
    const role = await db().role.findFirstOrThrow({ where: { key: `custom-${member.userId}` } })
    await expect(remove(cast.owner, role.id)).rejects.toMatchObject({ params: { reason: 'role_used', members: 1, invitations: 0 } })
    expect(await outcome(remove(cast.owner, 'rol_owner'))).toBe('conflict')
    await db().member.deleteMany({ where: { teamId: cast.teamId, userId: member.userId } })
    expect(await outcome(remove(cast.owner, role.id))).toBe('ok')
  })

  it('does not vanish from under a member who gets it at the same moment', async () => {
    const role = await create(cast.owner)
    const viewer = cast.viewer.actor.kind === 'user' ? cast.viewer.actor.userId : ''
    const results = await Promise.all([
      outcome(remove(cast.owner, role.id)),
      outcome(setMemberRole({ ctx: cast.admin, input: { teamId: cast.teamId, userId: viewer, roleId: role.id } })),
    ])
    expect(['conflict,ok', 'ok,not_found']).toContain(results.join())
  })
})

describe('listRoles', () => {
  it('says what each is, who has it, and what the actor may hand out; to members only', async () => {
    await create(cast.owner)
    const roles = await listRoles({ ctx: cast.admin, input: { teamId: cast.teamId } })
    expect(roles.map(({ key, system, grantable, members }) => [system ? key : 'own', grantable, members])).toEqual([
      ['owner', false, 1],
      ['admin', true, 1],
      ['developer', true, 1],
      ['viewer', true, 1],
      ['own', true, 0],
    ])
    expect((await listRoles({ ctx: cast.viewer, input: { teamId: cast.teamId } })).filter(({ grantable }) => grantable)).toHaveLength(2)
    expect(await outcome(listRoles({ ctx: cast.stranger, input: { teamId: cast.teamId } }))).toBe('not_found')
    expect(await outcome(listRoles({ ctx: cast.nobody, input: { teamId: cast.teamId } }))).toBe('unauthenticated')
  })
})
