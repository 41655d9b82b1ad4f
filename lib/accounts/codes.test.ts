import { beforeEach, describe, expect, it } from 'vitest'
import { db, transaction } from '#lib/db.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import {
  checkCredentials,
  createSession,
  readAccountSession,
  registerUser,
  requestPasswordReset,
  resetPassword,
  resolveExternalLogin,
  sendVerificationCode,
  startSession,
  updateProfile,
  verifyEmail,
} from './index.ts'
import { actingAs, GOOD_PASSWORD, mailCount, mailedCode, nobody, useQuickHasher } from './testing.ts'

useTestDatabase()

let userId = ''
let email = ''
let count = 0

beforeEach(async () => {
  useQuickHasher()
  await db().rateLimit.deleteMany()
  email = `person${++count}@example.com`
  userId = (await registerUser({ ctx: nobody(), input: { name: 'Pat', email, password: GOOD_PASSWORD } })).userId
})

const other = (code: string) => (code === '000000' ? '111111' : '000000')
const NEW_PASSWORD = 'a sunny day in Breda'

describe('verifying an address', () => {
  const verify = async (code: string) => verifyEmail({ ctx: await actingAs(userId), input: { code } })
  const verified = async () => (await db().user.findUniqueOrThrow({ where: { id: userId } })).emailVerifiedAt !== null

  it('takes the right code, as pasted, once', async () => {
    const code = await mailedCode(email, 'verify_email')
    await verify(` ${code.slice(0, 3)} ${code.slice(3)} `)
    expect(await verified()).toBe(true)
    // Done is done: a second time changes nothing and is no error.
    await verify(code)
    expect(await db().auditEvent.count({ where: { action: 'user.email_verified', targetId: userId } })).toBe(1)
  })

  it('refuses a wrong code, and the right one after five wrong', async () => {
    const code = await mailedCode(email, 'verify_email')
    for (let n = 0; n < 5; n++) await expect(verify(other(code))).rejects.toMatchObject({ code: 'code_invalid' })
    await expect(verify(code)).rejects.toMatchObject({ code: 'code_invalid' })
    expect(await verified()).toBe(false)
  })

  it('counts parallel tries', async () => {
    const code = await mailedCode(email, 'verify_email')
    await Promise.allSettled(Array.from({ length: 12 }, () => verify(other(code))))
    expect(await db().mailedCode.findFirstOrThrow({ where: { userId } })).toMatchObject({ attempts: 5 })
  })

  it('refuses an expired code', async () => {
    const code = await mailedCode(email, 'verify_email')
    const row = await db().mailedCode.findFirstOrThrow({ where: { userId } })
    expect(row.expiresAt.getTime() - row.createdAt.getTime()).toBeLessThanOrEqual(601_000)
    await db().mailedCode.update({ where: { id: row.id }, data: { expiresAt: new Date(Date.now() - 1) } })
    await expect(verify(code)).rejects.toMatchObject({ code: 'code_invalid' })
  })

  it("refuses another person's code and one for another purpose", async () => {
    const code = await mailedCode(email, 'verify_email')
    const stranger = await registerUser({ ctx: nobody(), input: { name: 'Sam', email: `s${email}`, password: GOOD_PASSWORD } })
    const mine = await mailedCode(`s${email}`, 'verify_email')
    if (mine !== code) {
      await expect(verifyEmail({ ctx: await actingAs(stranger.userId), input: { code } })).rejects.toMatchObject({ code: 'code_invalid' })
    }
    await expect(resetPassword({ ctx: nobody(), input: { email, code, password: NEW_PASSWORD } })).rejects.toMatchObject({
      code: 'code_invalid',
    })
  })

  it('sends a fresh one, three times in ten minutes, and the one before stops working', async () => {
    const first = await mailedCode(email, 'verify_email')
    const ctx = await actingAs(userId)
    for (let n = 0; n < 3; n++) await sendVerificationCode({ ctx })
    await expect(sendVerificationCode({ ctx })).rejects.toMatchObject({ code: 'too_many_attempts' })
    expect(await mailCount(email, 'verify_email')).toBe(4)
    const last = await mailedCode(email, 'verify_email')
    if (first !== last) await expect(verify(first)).rejects.toMatchObject({ code: 'code_invalid' })
    await verify(last)
  })

  it('is for a logged-in person', async () => {
    await expect(verifyEmail({ ctx: nobody(), input: { code: '123456' } })).rejects.toMatchObject({ code: 'unauthenticated' })
    await expect(sendVerificationCode({ ctx: nobody() })).rejects.toMatchObject({ code: 'unauthenticated' })
  })

  it.each(['', '12345', '1234567', 'abcdef', '12345６'])('refuses the form of %j', async (code) => {
    await expect(verify(code)).rejects.toMatchObject({ code: 'validation_failed', fields: [{ path: 'code', code: 'code_form' }] })
  })
})

describe('a forgotten password', () => {
  const ask = (address = email) => requestPasswordReset({ ctx: nobody(), input: { email: address } })
  const reset = (code: string, password = NEW_PASSWORD) => resetPassword({ ctx: nobody(), input: { email, code, password } })

  it('is set anew with the mailed code; every session ends and the address counts as verified', async () => {
    const sessions = await Promise.all(
      [1, 2].map(() => transaction((tx) => createSession(tx, nobody(), { userId, amr: ['pwd'], remember: true }))),
    )
    await ask()
    await reset(await mailedCode(email, 'reset_password'))
    for (const { token } of sessions) expect(await readAccountSession(`next-auth.session-token=${token}`)).toBeNull()
    await expect(checkCredentials({ ctx: nobody(), input: { email, password: GOOD_PASSWORD } })).rejects.toMatchObject({
      code: 'unauthenticated',
    })
    expect(await checkCredentials({ ctx: nobody(), input: { email, password: NEW_PASSWORD } })).toMatchObject({ userId })
    expect((await db().user.findUniqueOrThrow({ where: { id: userId } })).emailVerifiedAt).not.toBeNull()
  })

  it('leaves nobody a way in who made the account with an address that was not theirs', async () => {
    const microsoft = (address: string) => {
      const input = { provider: 'azure-ad', providerAccountId: `at-${address}`, email: address, emailVerified: false, name: 'Mallory' }
      return resolveExternalLogin({ ctx: nobody(), input })
    }
    const victim = `victim${count}@example.com`
    const { userId: made } = await microsoft(victim)
    await ask(victim)
    const code = await mailedCode(victim, 'reset_password')
    await resetPassword({ ctx: nobody(), input: { email: victim, code, password: NEW_PASSWORD } })
    expect(await db().externalAccount.count({ where: { userId: made } })).toBe(0)
    await expect(microsoft(victim)).rejects.toMatchObject({ code: 'conflict' })

    // Whose address was proved keeps what they linked.
    await db().externalAccount.create({ data: { provider: 'github', providerAccountId: `${count}`, userId: made, email: victim } })
    await ask(victim)
    const again = await mailedCode(victim, 'reset_password')
    await resetPassword({ ctx: nobody(), input: { email: victim, code: again, password: GOOD_PASSWORD } })
    expect(await db().externalAccount.count({ where: { userId: made } })).toBe(1)
  })

  it('ends a log-in with the old password that is under way, whichever of the two is stored first', async () => {
    const logIn = async (between: () => Promise<unknown>) => {
      const { userId: who, passwordChangedAt } = await checkCredentials({ ctx: nobody(), input: { email, password: GOOD_PASSWORD } })
      await between()
      return startSession({ ctx: nobody(), input: { userId: who, amr: ['pwd'], remember: true, passwordChangedAt } })
    }
    const outcomeOf = (work: Promise<unknown>) =>
      work.then(
        () => 'ok',
        (error: { code: string }) => error.code,
      )
    await ask()
    const code = await mailedCode(email, 'reset_password')
    expect(await outcomeOf(logIn(() => Promise.resolve()))).toBe('ok')
    expect(await outcomeOf(logIn(() => reset(code)))).toBe('unauthenticated')
    expect(await db().session.count({ where: { userId, endedAt: null } })).toBe(0)
  })

  it('leaves no session of the old password when both happen at the same moment', async () => {
    const proven = await checkCredentials({ ctx: nobody(), input: { email, password: GOOD_PASSWORD } })
    await ask()
    const code = await mailedCode(email, 'reset_password')
    const input = { userId, amr: ['pwd'], remember: true, passwordChangedAt: proven.passwordChangedAt }
    await Promise.allSettled([...Array.from({ length: 8 }, () => startSession({ ctx: nobody(), input })), reset(code)])
    expect(await db().session.count({ where: { userId, endedAt: null } })).toBe(0)
  })

  it('a log-in that is under way ends with the account being disabled', async () => {
    const { passwordChangedAt } = await checkCredentials({ ctx: nobody(), input: { email, password: GOOD_PASSWORD } })
    await db().user.update({ where: { id: userId }, data: { disabledAt: new Date() } })
    for (const given of [passwordChangedAt, undefined]) {
      const input = { userId, amr: ['pwd'], remember: true, passwordChangedAt: given }
      await expect(startSession({ ctx: nobody(), input })).rejects.toMatchObject({ code: 'unauthenticated' })
    }
  })

  it('takes a code once, also when used twice at once', async () => {
    await ask()
    const code = await mailedCode(email, 'reset_password')
    const results = await Promise.allSettled([
      reset(code, `${NEW_PASSWORD} 1`),
      reset(code, `${NEW_PASSWORD} 2`),
      reset(code, `${NEW_PASSWORD} 3`),
    ])
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await expect(reset(code)).rejects.toMatchObject({ code: 'code_invalid' })
    expect(await db().auditEvent.count({ where: { action: 'user.password_reset', targetId: userId } })).toBe(1)
  })

  it('does not use the code up when the new password is refused', async () => {
    await ask()
    const code = await mailedCode(email, 'reset_password')
    await expect(reset(code, 'short')).rejects.toMatchObject({ fields: [{ path: 'password', code: 'password_too_short' }] })
    await reset(code)
  })

  it('is answered alike for known and unknown addresses, in time and limits', async () => {
    const time = async (address: string) => {
      const start = performance.now()
      await ask(address)
      return performance.now() - start
    }
    // Both wait for the same timer; anything below it would tell them apart.
    expect(await time(email)).toBeGreaterThan(290)
    expect(await time('unknown@example.com')).toBeGreaterThan(290)
    for (const address of [email, 'unknown@example.com']) {
      await ask(address)
      await ask(address)
      await expect(ask(address)).rejects.toMatchObject({ code: 'too_many_attempts' })
    }
    expect(await mailCount(email, 'reset_password')).toBe(3)
    await expect(
      resetPassword({ ctx: nobody(), input: { email: 'unknown@example.com', code: '123456', password: NEW_PASSWORD } }),
    ).rejects.toMatchObject({ code: 'code_invalid' })
  })

  it('limits tries over several codes', async () => {
    for (let n = 0; n < 20; n++) await reset('000000').catch(() => {})
    await expect(reset('000000')).rejects.toMatchObject({ code: 'too_many_attempts' })
  })

  it('stores no code in plain', async () => {
    await ask()
    const code = await mailedCode(email, 'reset_password')
    const rows = await db().mailedCode.findMany()
    for (const row of rows) expect(Buffer.from(row.codeHash).toString('latin1')).not.toContain(code)
    const mails = await db().mail.findMany()
    for (const { content } of mails) expect(Buffer.from(content as Uint8Array).toString('latin1')).not.toContain(email)
  })
})

describe('the profile', () => {
  it('takes a new name from the person', async () => {
    const ctx = await actingAs(userId)
    expect(await updateProfile({ ctx, input: { name: ' Patricia ' } })).toEqual({ name: 'Patricia' })
    await expect(updateProfile({ ctx, input: { name: '' } })).rejects.toMatchObject({ fields: [{ code: 'name_required' }] })
    await expect(updateProfile({ ctx: nobody(), input: { name: 'x' } })).rejects.toMatchObject({ code: 'unauthenticated' })
    expect(await db().user.findUniqueOrThrow({ where: { id: userId } })).toMatchObject({ name: 'Patricia' })
  })
})
