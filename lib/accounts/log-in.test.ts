import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { db, pool, transaction } from '#lib/db.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { checkCredentials, createSession, registerUser, resolveExternalLogin } from './index.ts'
import { GOOD_PASSWORD, nobody, useQuickHasher } from './testing.ts'

useTestDatabase()
let hasher: { calls: number }
let ada = ''

beforeAll(async () => {
  useQuickHasher()
  ada = (await registerUser({ ctx: nobody(), input: { name: 'Ada', email: 'ada@example.com', password: GOOD_PASSWORD } })).userId
})
beforeEach(async () => {
  hasher = useQuickHasher()
  await db().rateLimit.deleteMany()
})

const right = { email: 'Ada@example.com ', password: GOOD_PASSWORD }
const wrong = { email: 'ada@example.com', password: 'not the password' }
const tryIn = (input: unknown, ip = '198.51.100.1') => checkCredentials({ ctx: nobody(ip), input })

describe('checkCredentials', () => {
  it('tells who it is', async () => {
    expect(await tryIn({ ...right, remember: true })).toMatchObject({ userId: ada, email: 'ada@example.com', remember: true })
  })

  it('answers alike for a wrong password, an unknown address, a disabled account and an over-long password', async () => {
    const answer = (input: unknown) => tryIn(input).catch(({ code, message, fields }) => ({ code, message, fields }))
    const expected = { code: 'unauthenticated', message: 'Email or password is incorrect.', fields: [] }
    expect(await answer(wrong)).toEqual(expected)
    expect(hasher.calls).toBe(1)
    expect(await answer({ email: 'nobody@example.com', password: 'x' })).toEqual(expected)
    expect(hasher.calls).toBe(2)
    for (const email of ['ada@example.com\0', '\0', '', 'no address', 'x'.repeat(10_000), '\ud800@example.com']) {
      hasher = useQuickHasher()
      expect(await answer({ email, password: 'x' })).toEqual(expected)
      expect(hasher.calls).toBe(1)
    }
    expect(await answer({ email: 'ada@example.com', password: 'x'.repeat(100_000) })).toEqual(expected)
    await db().user.update({ where: { id: ada }, data: { disabledAt: new Date() } })
    expect(await answer(right)).toEqual(expected)
    await db().user.update({ where: { id: ada }, data: { disabledAt: null } })
  })

  it('throttles before hashing, for known and unknown addresses alike', async () => {
    for (const email of ['ada@example.com', 'nobody@example.com']) {
      hasher = useQuickHasher()
      for (let n = 0; n < 10; n++) await expect(tryIn({ email, password: 'x' })).rejects.toMatchObject({ code: 'unauthenticated' })
      expect(hasher.calls).toBe(10)
      await expect(tryIn({ email, password: GOOD_PASSWORD })).rejects.toMatchObject({
        code: 'too_many_attempts',
        message: 'Too many attempts. Try again in 15 minutes.',
        params: { minutes: 15 },
      })
      expect(hasher.calls).toBe(10)
    }
  })

  it('lets parallel guesses through no further', async () => {
    await Promise.allSettled(Array.from({ length: 40 }, () => tryIn(wrong)))
    expect(hasher.calls).toBe(10)
  })

  it('limits an address over all accounts', async () => {
    const results = await Promise.allSettled(Array.from({ length: 65 }, (_, n) => tryIn({ email: `u${n}@example.com`, password: 'x' })))
    expect(results.filter((result) => result.status === 'rejected' && result.reason.code === 'too_many_attempts')).toHaveLength(5)
    expect(hasher.calls).toBe(60)
  })

  it('counts an IPv6 household as one', async () => {
    for (let n = 0; n < 10; n++) await tryIn(wrong, `2001:db8:1:2::${n + 1}`).catch(() => {})
    await expect(tryIn(wrong, '2001:db8:1:2:ffff::1')).rejects.toMatchObject({ code: 'too_many_attempts' })
    await expect(tryIn(wrong, '2001:db8:1:3::1')).rejects.toMatchObject({ code: 'unauthenticated' })
  })

  it('forgets failures after the right password', async () => {
    for (let n = 0; n < 9; n++) await tryIn(wrong).catch(() => {})
    await tryIn(right)
    for (let n = 0; n < 10; n++) await expect(tryIn(wrong)).rejects.toMatchObject({ code: 'unauthenticated' })
  })

  it('cannot keep someone out of their account who was there before', async () => {
    const home = '198.51.100.99'
    await transaction((tx) => createSession(tx, nobody(home), { userId: ada, amr: ['pwd'], remember: false }))
    for (let n = 0; n < 100; n++) await tryIn(wrong, `192.0.2.${n}`).catch(() => {})
    await expect(tryIn(right, '192.0.2.200')).rejects.toMatchObject({ code: 'too_many_attempts' })
    expect(await tryIn(right, home)).toMatchObject({ userId: ada })
  })

  it('writes no address into the table of limits', async () => {
    await tryIn(wrong).catch(() => {})
    const { rows } = await pool().query('SELECT key FROM rate_limits')
    expect(rows.length).toBeGreaterThan(0)
    expect(JSON.stringify(rows)).not.toContain('ada')
  })

  it.each([[{}], [{ email: 'a@b.c' }], [{ email: {}, password: 'x' }], ['x'], [null]])('refuses nonsense: %j', async (input) => {
    await expect(tryIn(input)).rejects.toMatchObject({ code: 'validation_failed' })
  })
})

describe('resolveExternalLogin', () => {
  const google = { provider: 'google', providerAccountId: '1', email: 'ada@example.com', emailVerified: true, name: 'Ada G' }
  const resolve = (input: unknown) => resolveExternalLogin({ ctx: nobody(), input })

  it('is never merged into an account whose address is unverified', async () => {
    await expect(resolve(google)).rejects.toMatchObject({ code: 'conflict' })
    expect(await db().externalAccount.count()).toBe(0)
  })

  it('is never merged when the provider has not verified the address', async () => {
    await db().user.update({ where: { id: ada }, data: { emailVerifiedAt: new Date() } })
    await expect(resolve({ ...google, emailVerified: false })).rejects.toMatchObject({ code: 'conflict' })
  })

  it('joins when both are verified, and stays joined when the address changes there', async () => {
    expect(await resolve(google)).toEqual({ userId: ada })
    expect(await resolve({ ...google, email: 'other@example.com', emailVerified: false })).toEqual({ userId: ada })
    await db().user.update({ where: { id: ada }, data: { disabledAt: new Date() } })
    await expect(resolve(google)).rejects.toMatchObject({ code: 'permission_denied' })
  })

  it('makes one account for a new person, also when they come twice at once', async () => {
    const input = { provider: 'github', providerAccountId: '7', email: 'New@example.com', emailVerified: false, name: ' ' }
    const all = await Promise.all([resolve(input), resolve(input), resolve(input)])
    expect(new Set(all.map(({ userId }) => userId)).size).toBe(1)
    const user = await db().user.findUniqueOrThrow({ where: { email: 'new@example.com' } })
    expect(user).toMatchObject({ name: 'new', emailVerifiedAt: null, passwordHash: null })
  })

  it('needs an address', async () => {
    await expect(resolve({ ...google, providerAccountId: '9', email: null })).rejects.toMatchObject({ code: 'validation_failed' })
  })
})
