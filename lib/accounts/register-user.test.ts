import { beforeEach, describe, expect, it } from 'vitest'
import { systemContext } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { registerUser } from './index.ts'
import { GOOD_PASSWORD, mailCount, mailedCode, nobody, useQuickHasher } from './testing.ts'

useTestDatabase()
let hasher: { calls: number }
beforeEach(() => {
  hasher = useQuickHasher()
})

const ada = { name: '  Ada Lovelace ', email: ' Ada@Example.com', password: GOOD_PASSWORD }

describe('registerUser', () => {
  it('makes the person, the personal team and a mailed code, and keeps the password only as a hash', async () => {
    const user = await registerUser({ ctx: nobody(), input: ada })
    expect(user).toMatchObject({ email: 'ada@example.com', name: 'Ada Lovelace', emailVerified: false })
    expect(Number(user.sub)).toBeLessThan(2 ** 53)
    const team = await db().team.findUniqueOrThrow({ where: { personalOwnerId: user.userId } })
    expect(team).toMatchObject({ id: user.teamId, planKey: null })
    expect(await mailedCode('ada@example.com', 'verify_email')).toMatch(/^\d{6}$/)
    const row = await db().user.findUniqueOrThrow({ where: { id: user.userId } })
    expect(row).toMatchObject({ isOperator: false, passwordHash: `quick:${GOOD_PASSWORD}` })
    expect(await db().auditEvent.count({ where: { action: 'user.registered', targetId: user.userId } })).toBe(1)
  })

  it('says so for a known address, whatever its case, without hashing', async () => {
    await expect(registerUser({ ctx: nobody(), input: { ...ada, email: 'ADA@example.com' } })).rejects.toMatchObject({
      code: 'email_taken',
      fields: [{ path: 'email', code: 'email_taken' }],
    })
    expect(hasher.calls).toBe(0)
    expect(await mailCount('ada@example.com', 'verify_email')).toBe(1)
  })

  it('of two at once with one address makes one', async () => {
    const input = { name: 'Grace', email: 'grace@example.com', password: GOOD_PASSWORD }
    const results = await Promise.allSettled(Array.from({ length: 4 }, () => registerUser({ ctx: nobody(), input })))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const result of results) if (result.status === 'rejected') expect(result.reason.code).toBe('email_taken')
    expect(await db().team.count({ where: { name: 'Grace' } })).toBe(1)
  })

  it('throttles asking for known addresses, by address of the caller, before anything else is told', async () => {
    const ctx = nobody('203.0.113.77')
    for (let n = 0; n < 10; n++) await expect(registerUser({ ctx, input: ada })).rejects.toMatchObject({ code: 'email_taken' })
    await expect(registerUser({ ctx, input: ada })).rejects.toMatchObject({ code: 'too_many_attempts', params: { minutes: 15 } })
    await expect(registerUser({ ctx: nobody('203.0.113.78'), input: ada })).rejects.toMatchObject({ code: 'email_taken' })
  })

  it.each([
    ['name', { name: '   ' }, 'name_required'],
    ['name', { name: 'x'.repeat(101) }, 'name_too_long'],
    ['name', { name: 'Ada\u0000' }, 'name_characters'],
    ['name', { name: 'Ada\nBcc: x' }, 'name_characters'],
    ['name', { name: '\u200b\u200b' }, 'name_characters'],
    ['name', { name: '\u00ad' }, 'name_characters'],
    ['name', { name: '\u3164' }, 'name_characters'],
    ['name', { name: undefined }, 'required'],
    ['email', { email: 'nonsense' }, 'email_invalid'],
    ['email', { email: 'a b@example.com' }, 'email_invalid'],
    ['email', { email: 'a@example.com\r\nBcc: b@example.com' }, 'email_invalid'],
    ['email', { email: `${'x'.repeat(250)}@example.com` }, 'email_too_long'],
    ['email', { email: ['a@example.com'] }, 'required'],
    ['password', { password: 'short' }, 'password_too_short'],
    ['password', { password: 'x1y2'.repeat(251) }, 'password_too_long'],
    ['password', { password: 'password1234' }, 'password_common'],
    ['password', { password: 'lovelace-ada-lovelace', name: 'Ada Lovelace', email: 'lovelace@example.com' }, 'password_personal'],
  ])('refuses a bad %s: %j', async (path, wrong, code) => {
    await expect(registerUser({ ctx: nobody(), input: { ...ada, email: 'new@example.com', ...wrong } })).rejects.toMatchObject({
      code: 'validation_failed',
      fields: [{ path, code }],
    })
    expect(hasher.calls).toBe(0)
  })

  it('tells everything that is wrong at once', async () => {
    const error = await registerUser({ ctx: nobody(), input: { name: '', email: 'x', password: 'y' } }).catch((e) => e)
    expect(error.fields.map((field: { code: string }) => field.code).sort()).toEqual([
      'email_invalid',
      'name_required',
      'password_too_short',
    ])
  })

  it('lets only the system make operators', async () => {
    const input = { name: 'Op', email: 'op@example.com', password: GOOD_PASSWORD, operator: true }
    await expect(registerUser({ ctx: nobody(), input })).rejects.toMatchObject({ code: 'permission_denied' })
    const user = await registerUser({ ctx: systemContext('cli'), input })
    expect(await db().user.findUniqueOrThrow({ where: { id: user.userId } })).toMatchObject({ isOperator: true })
    expect(await db().team.findUniqueOrThrow({ where: { id: user.teamId } })).toMatchObject({ planKey: 'free' })
  })
})

describe('an account that an operator makes', () => {
  it('may have a shorter password, of at least 8 characters', async () => {
    const input = { name: 'Pro Vision', email: 'provision@example.com', password: 'Vision12' }
    expect(await registerUser({ ctx: systemContext('test'), input })).toMatchObject({ email: 'provision@example.com' })
    const short = registerUser({ ctx: systemContext('test'), input: { ...input, email: 'short@example.com', password: 'Vision1' } })
    await expect(short).rejects.toMatchObject({ code: 'validation_failed', fields: [{ path: 'password' }] })
  })
})
