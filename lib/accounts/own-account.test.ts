import { beforeAll, describe, expect, it } from 'vitest'
import { db, transaction } from '#lib/db.ts'
import { isAppError } from '#lib/errors.ts'
import { outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import {
  cancelEmailChange,
  changePassword,
  checkCredentials,
  confirmEmailChange,
  createSession,
  findAccountBySub,
  getProfile,
  networkOf,
  readAccountSession,
  registerUser,
  requestEmailChange,
  resetPassword,
  updateDisplay,
  updateProfile,
} from './index.ts'
import { actingAs, GOOD_PASSWORD, mailCount, mailedCode, nobody, useQuickHasher } from './testing.ts'

useTestDatabase()

const NEW_PASSWORD = 'another rainy day in Zwolle'
let count = 0

beforeAll(() => {
  useQuickHasher()
})

/** Somebody with an account and a session, each time another. */
async function newPerson() {
  const email = `person${count++}@example.com`
  const { userId } = await registerUser({ ctx: nobody(), input: { name: 'Ada', email, password: GOOD_PASSWORD } })
  const session = await transaction((tx) => createSession(tx, nobody(), { userId, amr: ['pwd'], remember: false }))
  return { userId, email, session, ctx: await actingAs(userId, session.sessionId) }
}

const cookieOf = (token: string) => `next-auth.session-token=${token}`
const wrongFields = async (work: Promise<unknown>) => {
  const error = await work.catch((e: unknown) => e)
  return isAppError(error) ? error.fields.map(({ path, code }) => `${path}: ${code}`) : error
}
const everyone = [
  ['nobody', 'unauthenticated', () => nobody()],
  ['a client', 'permission_denied', () => ({ ...nobody(), actor: { kind: 'client' as const, clientId: 'cl_x' } })],
  ['the system', 'permission_denied', () => ({ ...nobody(), actor: { kind: 'system' as const, name: 'test' } })],
] as const

describe('an account', () => {
  it.each(everyone)('is not read or changed by %s', async (_, code, make) => {
    const ctx = make()
    const tries = [
      getProfile({ ctx }),
      updateProfile({ ctx, input: { name: 'X' } }),
      updateDisplay({ ctx, input: { theme: 'dark' } }),
      changePassword({ ctx, input: { currentPassword: GOOD_PASSWORD, password: NEW_PASSWORD } }),
      requestEmailChange({ ctx, input: { email: 'x@example.com', password: GOOD_PASSWORD } }),
      confirmEmailChange({ ctx, input: { code: '123456' } }),
      cancelEmailChange({ ctx }),
    ]
    expect(new Set(await Promise.all(tries.map(outcome)))).toEqual(new Set([code]))
  })
})

describe('the profile', () => {
  it('keeps what the claims are made of, and clears what is emptied', async () => {
    const { ctx, userId, email } = await newPerson()
    const input = {
      name: ' Ada Lovelace ',
      givenName: 'Augusta Ada',
      familyName: 'King',
      picture: 'https://example.com/ada.png',
      birthdate: '1915-12-10',
      gender: 'female',
      phone: '+31 6-1234 (5678)',
      secondEmail: 'ADA@Example.org',
      country: 'nl',
    }
    await updateProfile({ ctx, input })
    const profile = await getProfile({ ctx })
    expect(profile).toMatchObject({
      ...input,
      name: 'Ada Lovelace',
      phone: '+31612345678',
      secondEmail: 'ada@example.org',
      country: 'NL',
      email,
      hasPassword: true,
      pendingEmail: null,
    })
    expect(await findAccountBySub(profile.sub)).toMatchObject({ givenName: 'Augusta Ada', phone: '+31612345678', birthdate: '1915-12-10' })
    await updateProfile({ ctx, input: { givenName: '', phone: ' ', picture: null } })
    expect(await getProfile({ ctx })).toMatchObject({ givenName: null, phone: null, picture: null, familyName: 'King' })
    const events = await db().auditEvent.findMany({ where: { targetId: userId, action: 'user.profile_updated' } })
    expect(events.length).toBe(2)
    // The trail says which members changed, not what they say.
    expect(JSON.stringify(events)).not.toMatch(/1915|31612345678|King/)
  })

  it.each([
    ['name', ''],
    ['name', 'x'.repeat(101)],
    ['picture', 'http://example.com/a.png'],
    ['picture', 'javascript:alert(1)'],
    ['picture', 'https://user:secret@example.com/a.png'],
    ['birthdate', '2023-02-30'],
    ['birthdate', '1815-12-10'],
    ['birthdate', '2999-01-01'],
    ['birthdate', 'yesterday'],
    ['phone', '0612345678'],
    ['phone', '+0123456'],
    ['secondEmail', 'nope'],
    ['country', 'XK'],
    ['country', 'NLD'],
    ['gender', 'a\u0000b'],
    ['familyName', '\u202eevil'],
  ])('refuses %s %j', async (path, value) => {
    const { ctx } = await newPerson()
    expect(await wrongFields(updateProfile({ ctx, input: { [path]: value } }))).toEqual([expect.stringContaining(`${path}: `)])
  })

  it('keeps language and theme with the account', async () => {
    const { ctx, session } = await newPerson()
    await updateDisplay({ ctx, input: { locale: 'nl', theme: 'dark' } })
    expect(await readAccountSession(cookieOf(session.token))).toMatchObject({ locale: 'nl', theme: 'dark' })
    await updateDisplay({ ctx, input: { theme: null } })
    expect(await getProfile({ ctx })).toMatchObject({ locale: 'nl', theme: null })
    expect(await outcome(updateDisplay({ ctx, input: { locale: 'xx' } }))).toBe('validation_failed')
  })
})

describe('the password', () => {
  it('changes with the present one, and tells the person', async () => {
    const { ctx, email, userId } = await newPerson()
    expect(await wrongFields(changePassword({ ctx, input: { currentPassword: 'wrong', password: NEW_PASSWORD } }))).toEqual([
      'currentPassword: password_wrong',
    ])
    expect(await wrongFields(changePassword({ ctx, input: { password: NEW_PASSWORD } }))).toEqual(['currentPassword: password_required'])
    expect(await wrongFields(changePassword({ ctx, input: { currentPassword: GOOD_PASSWORD, password: 'short' } }))).toEqual([
      'password: password_too_short',
    ])
    expect(await mailCount(email, 'password_changed')).toBe(0)
    await changePassword({ ctx, input: { currentPassword: GOOD_PASSWORD, password: NEW_PASSWORD } })
    expect(await mailCount(email, 'password_changed')).toBe(1)
    expect(await checkCredentials({ ctx: nobody(), input: { email, password: NEW_PASSWORD } })).toMatchObject({ userId })
    expect(await outcome(checkCredentials({ ctx: nobody(), input: { email, password: GOOD_PASSWORD } }))).toBe('unauthenticated')
  })

  it('leaves other sessions and tokens alone unless asked', async () => {
    const { ctx, userId, session } = await newPerson()
    const { sub } = await getProfile({ ctx })
    const other = await transaction((tx) => createSession(tx, nobody(), { userId, amr: ['pwd'], remember: false }))
    const idHash = crypto.getRandomValues(new Uint8Array(32))
    await db().oidcArtifact.create({ data: { idHash, kind: 'RefreshToken', payload: new Uint8Array(1), clientId: 'cl_x', accountId: sub } })
    const tokens = () => db().oidcArtifact.count({ where: { idHash } })

    await changePassword({ ctx, input: { currentPassword: GOOD_PASSWORD, password: NEW_PASSWORD } })
    expect(await readAccountSession(cookieOf(other.token))).not.toBeNull()
    expect(await tokens()).toBe(1)

    const both = { endSessions: true, endTokens: true }
    const ended = await changePassword({ ctx, input: { currentPassword: NEW_PASSWORD, password: GOOD_PASSWORD, ...both } })
    expect(ended).toEqual({ sessions: 1, tokens: 1 })
    expect(await db().auditEvent.findFirst({ where: { action: 'user.tokens_revoked', targetId: userId } })).toMatchObject({
      after: { revoked: 1 },
    })
    expect(await readAccountSession(cookieOf(other.token))).toBeNull()
    expect(await readAccountSession(cookieOf(session.token))).not.toBeNull()
    expect(await tokens()).toBe(0)
  })

  it('is not guessed at for long, and the right one does not help once it is', async () => {
    const { ctx } = await newPerson()
    const tries = []
    for (let i = 0; i < 12; i++)
      tries.push(await outcome(changePassword({ ctx, input: { currentPassword: `wrong ${i}`, password: NEW_PASSWORD } })))
    expect(tries.slice(0, 10)).toEqual(Array(10).fill('validation_failed'))
    expect(tries.slice(10)).toEqual(['too_many_attempts', 'too_many_attempts'])
    expect(await outcome(changePassword({ ctx, input: { currentPassword: GOOD_PASSWORD, password: NEW_PASSWORD } }))).toBe(
      'too_many_attempts',
    )
  })

  it('is set for the first time after a fresh log-in only', async () => {
    const { ctx, userId, email, session } = await newPerson()
    await db().user.update({ where: { id: userId }, data: { passwordHash: null } })
    const input = { password: NEW_PASSWORD }
    await db().session.update({ where: { id: session.sessionId }, data: { authenticatedAt: new Date(Date.now() - 16 * 60_000) } })
    const stale = await changePassword({ ctx, input }).catch((e: unknown) => e)
    expect(stale).toMatchObject({ code: 'conflict', params: { reason: 'stale_login' } })
    await db().session.update({ where: { id: session.sessionId }, data: { authenticatedAt: new Date() } })
    await changePassword({ ctx, input })
    expect(await checkCredentials({ ctx: nobody(), input: { email, ...input } })).toMatchObject({ userId })
  })
})

describe('the address', () => {
  it('changes when the new one has given back its code; both are told', async () => {
    const { ctx, email, userId } = await newPerson()
    const wanted = `new.${email}`
    await requestEmailChange({ ctx, input: { email: wanted.toUpperCase(), password: GOOD_PASSWORD } })
    expect(await getProfile({ ctx })).toMatchObject({ email, pendingEmail: wanted })
    expect(await checkCredentials({ ctx: nobody(), input: { email, password: GOOD_PASSWORD } })).toMatchObject({ userId })

    const code = await mailedCode(wanted, 'change_email')
    const other = code === '000000' ? '111111' : '000000'
    expect(await outcome(confirmEmailChange({ ctx, input: { code: other } }))).toBe('code_invalid')
    expect(await outcome(confirmEmailChange({ ctx: (await newPerson()).ctx, input: { code } }))).toBe('code_invalid')
    expect(await confirmEmailChange({ ctx, input: { code } })).toEqual({ email: wanted })
    expect(await getProfile({ ctx })).toMatchObject({ email: wanted, emailVerified: true, pendingEmail: null })
    expect(await mailCount(email, 'email_changed')).toBe(1)
    expect(await outcome(confirmEmailChange({ ctx, input: { code } }))).toBe('code_invalid')
    expect(await outcome(checkCredentials({ ctx: nobody(), input: { email, password: GOOD_PASSWORD } }))).toBe('unauthenticated')
  })

  it('needs the password, and one that nobody has', async () => {
    const { ctx, email } = await newPerson()
    const other = await newPerson()
    const wish = (wanted: string, password = GOOD_PASSWORD) => wrongFields(requestEmailChange({ ctx, input: { email: wanted, password } }))
    expect(await wish('a@example.com', 'wrong')).toEqual(['password: password_wrong'])
    expect(await wish(other.email)).toEqual(['email: email_taken'])
    expect(await wish(email)).toEqual(['email: email_same'])
    expect(await wish('nope')).toEqual(['email: email_invalid'])
  })

  it('goes to whoever has it first', async () => {
    const [a, b] = [await newPerson(), await newPerson()]
    const wanted = `wanted${count}@example.com`
    for (const { ctx } of [a, b]) await requestEmailChange({ ctx, input: { email: wanted, password: GOOD_PASSWORD } })
    const codes = await db().mailedCode.findMany({ where: { purpose: 'change_email', email: wanted } })
    expect(codes.length).toBe(2)
    await registerUser({ ctx: nobody(), input: { name: 'C', email: wanted, password: GOOD_PASSWORD } })
    expect(await outcome(confirmEmailChange({ ctx: b.ctx, input: { code: await mailedCode(wanted, 'change_email') } }))).toBe('email_taken')
    expect(await getProfile({ ctx: b.ctx })).toMatchObject({ email: b.email })
  })

  it('keeps the one it has when the wish is taken back, or another code is used for it', async () => {
    const { ctx, email } = await newPerson()
    const wanted = `later.${email}`
    await requestEmailChange({ ctx, input: { email: wanted, password: GOOD_PASSWORD } })
    const code = await mailedCode(wanted, 'change_email')
    expect(await outcome(resetPassword({ ctx: nobody(), input: { email, code, password: NEW_PASSWORD } }))).toBe('code_invalid')
    await cancelEmailChange({ ctx })
    expect(await getProfile({ ctx })).toMatchObject({ pendingEmail: null })
    expect(await outcome(confirmEmailChange({ ctx, input: { code } }))).toBe('code_invalid')
  })
})

describe('what an address tells of a place', () => {
  it.each([
    ['127.0.0.1', 'this_machine'],
    ['::1', 'this_machine'],
    ['10.1.2.3', 'private'],
    ['fd00::1', 'private'],
    ['::ffff:192.168.0.1', 'private'],
    ['8.8.8.8', 'public_ipv4'],
    ['2a00:1450::1', 'public_ipv6'],
    ['', 'unknown'],
    [null, 'unknown'],
    ['nonsense', 'unknown'],
  ])('%s: %s', (ip, kind) => {
    expect(networkOf(ip)).toBe(kind)
  })
})
