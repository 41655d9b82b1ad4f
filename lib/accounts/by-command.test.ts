import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '#lib/db.ts'
import { type Cast, makeCast, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { setOperator, setPasswordFor } from './index.ts'
import { comparePassword } from './password.ts'

useTestDatabase()

let cast: Cast
let email: string
const PASSWORD = 'a password of somebody else'

beforeAll(async () => {
  cast = await makeCast()
  email = (await db().user.findUniqueOrThrow({ where: { id: cast.stranger.actor.kind === 'user' ? cast.stranger.actor.userId : '' } }))
    .email
})

describe('what whoever runs the installation does to accounts', () => {
  it.each([
    ['owner', 'permission_denied'],
    ['admin', 'permission_denied'],
    ['viewer', 'permission_denied'],
    ['stranger', 'permission_denied'],
    ['nobody', 'permission_denied'],
    ['system', 'ok'],
  ] as const)('%s: %s', async (actor, expected) => {
    expect(await outcome(setPasswordFor({ ctx: cast[actor], input: { email, password: PASSWORD } }))).toBe(expected)
    expect(await outcome(setOperator({ ctx: cast[actor], input: { email, operator: false } }))).toBe(expected)
  })

  it('is not for operators: they would make others of their like, or take over an account', async () => {
    const { actor } = cast.owner
    const operator = { ...cast.owner, actor: { ...actor, isOperator: true } } as typeof cast.owner
    expect(await outcome(setPasswordFor({ ctx: operator, input: { email, password: PASSWORD } }))).toBe('permission_denied')
    expect(await outcome(setOperator({ ctx: operator, input: { email, operator: true } }))).toBe('permission_denied')
  })

  it('lets the person log in with the new password, ends their sessions, and tells them', async () => {
    const { id: userId } = await db().user.findUniqueOrThrow({ where: { email } })
    await setPasswordFor({ ctx: cast.system, input: { email, password: PASSWORD } })
    expect(await db().session.count({ where: { userId, endedAt: null } })).toBe(0)
    const { passwordHash } = await db().user.findUniqueOrThrow({ where: { email } })
    expect(await comparePassword(PASSWORD, passwordHash)).toBe(true)
    expect(await db().mail.count({ where: { template: 'password_changed' } })).toBeGreaterThan(0)
  })
})
