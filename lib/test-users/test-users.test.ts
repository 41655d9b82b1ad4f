import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { db } from '#lib/db.ts'
import { type Cast, makeCast, makeClientRow, makeMember, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { addTestUser, listTestUsers, removeTestUser } from './index.ts'

describe('test users of a client', () => {
  useTestDatabase()
  let cast: Cast
  let clientId: string

  beforeAll(async () => {
    cast = await makeCast()
  })

  beforeEach(async () => {
    clientId = await makeClientRow(cast.teamId)
  })

  const add = (email: string, ctx = cast.owner) => addTestUser({ ctx, input: { clientId, email } })
  const remove = (email: string, ctx = cast.owner) => removeTestUser({ ctx, input: { clientId, email } })
  const list = async (ctx = cast.owner) => (await listTestUsers({ ctx, input: { clientId } })).map(({ email }) => email)

  it.each([
    ['owner', 'ok'],
    ['developer', 'ok'],
    ['viewer', 'permission_denied'],
    ['stranger', 'not_found'],
    ['nobody', 'unauthenticated'],
    ['system', 'ok'],
  ] as const)('%s may add, remove and list: %s', async (actor, expected) => {
    const ctx = cast[actor]
    await add('there@example.com')
    expect(await outcome(add('new@example.com', ctx))).toBe(expected)
    expect(await outcome(list(ctx))).toBe(expected)
    expect(await outcome(remove('there@example.com', ctx))).toBe(expected)
    expect(await list()).toEqual([expected === 'ok' ? 'new@example.com' : 'there@example.com'])
  })

  it('names the permission that a member lacks', async () => {
    const member = await makeMember(cast.teamId, ['clients.read', 'clients.update'])
    for (const work of [() => add('a@example.com', member), () => remove('a@example.com', member), () => list(member)])
      await expect(work()).rejects.toMatchObject({ params: { permission: 'domains.manage' } })
  })

  it('is invited once under any spelling, and listed by address', async () => {
    await Promise.all([' B@Example.COM ', 'b@example.com', 'a@example.com'].map((email) => add(email)))
    expect(await list()).toEqual(['a@example.com', 'b@example.com'])
    await remove('A@EXAMPLE.com')
    expect(await list()).toEqual(['b@example.com'])
    expect(await outcome(remove('a@example.com'))).toBe('not_found')
    const events = await db().auditEvent.findMany({ where: { targetId: clientId }, orderBy: { at: 'asc' } })
    expect(events.filter(({ action }) => action === 'test_user.added')).toHaveLength(2)
    expect(events.at(-1)).toMatchObject({ action: 'test_user.removed', teamId: cast.teamId, before: { email: 'a@example.com' } })
  })

  it.each([
    ['', 'email_required'],
    ['a', 'email_invalid'],
    ['a@b', 'email_invalid'],
    ['a@example.com, b@example.com', 'email_invalid'],
    ['a\u0000@example.com', 'email_invalid'],
    [`${'a'.repeat(250)}@example.com`, 'email_too_long'],
  ])('refuses %j', async (email, code) => {
    await expect(add(email)).rejects.toMatchObject({ code: 'validation_failed', fields: [{ path: 'email', code }] })
  })

  it('has its own at each client', async () => {
    await add('a@example.com')
    const other = await makeClientRow(cast.teamId)
    expect(await listTestUsers({ ctx: cast.owner, input: { clientId: other } })).toEqual([])
    expect(await outcome(removeTestUser({ ctx: cast.owner, input: { clientId: other, email: 'a@example.com' } }))).toBe('not_found')
    expect(await list()).toEqual(['a@example.com'])
  })

  it('has room for 100, also when several add at a time', async () => {
    const data = Array.from({ length: 98 }, (_, index) => ({ clientId, email: `u${index}@example.com` }))
    await db().testUser.createMany({ data })
    const results = await Promise.all([1, 2, 3, 4].map((index) => outcome(add(`more${index}@example.com`))))
    expect(results.sort()).toEqual(['limit_reached', 'limit_reached', 'ok', 'ok'])
    expect(await outcome(add('U1@example.com'))).toBe('ok')
  })
})
