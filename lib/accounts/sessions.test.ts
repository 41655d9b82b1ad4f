import { randomBytes } from 'node:crypto'
import { SignJWT } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { db, transaction } from '#lib/db.ts'
import { subkey } from '#lib/secrets/index.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { createSession, endAllSessions, endSession, listSessions, readAccountSession, registerUser, sessionCookie } from './index.ts'
import { actingAs, GOOD_PASSWORD, nobody, useQuickHasher } from './testing.ts'

useTestDatabase()

let ada = ''
let bob = ''

beforeAll(async () => {
  useQuickHasher()
  ada = (await registerUser({ ctx: nobody(), input: { name: 'Ada', email: 'ada@example.com', password: GOOD_PASSWORD } })).userId
  bob = (await registerUser({ ctx: nobody(), input: { name: 'Bob', email: 'bob@example.com', password: GOOD_PASSWORD } })).userId
})

/** A grant that was authorized from a session, and the session it belongs to now: null once it is gone. */
async function grantOf(sessionId: string): Promise<() => Promise<string | null>> {
  const idHash = randomBytes(32)
  await db().oidcArtifact.create({ data: { idHash, kind: 'Grant', payload: new Uint8Array(1), accountSessionId: sessionId } })
  return async () => (await db().oidcArtifact.findUnique({ where: { idHash } }))?.accountSessionId ?? null
}

const logIn = (userId: string, cookieHeader?: string, remember = false) =>
  transaction((tx) => createSession(tx, nobody(), { userId, amr: ['pwd'], remember, cookieHeader }))

const cookieOf = (token: string) => `other=1; next-auth.session-token=${token}; last=2`

describe('a session', () => {
  it('is read back from the cookie, and is not stored in plain', async () => {
    const session = await logIn(ada)
    expect(await readAccountSession(cookieOf(session.token))).toMatchObject({
      sessionId: session.sessionId,
      userId: ada,
      email: 'ada@example.com',
      emailVerified: false,
      amr: ['pwd'],
      isOperator: false,
    })
    const sid = JSON.parse(Buffer.from(session.token.split('.')[1] as string, 'base64url').toString()).sid as string
    const row = await db().session.findUniqueOrThrow({ where: { id: session.sessionId } })
    expect(Buffer.from(row.tokenHash).includes(Buffer.from(sid))).toBe(false)
    expect(JSON.stringify({ ...row, tokenHash: null })).not.toContain(sid)
  })

  it('lasts 12 hours and ends with the browser, or 30 days when remembered', async () => {
    const hours = (at: Date) => Math.round((at.getTime() - Date.now()) / 3_600_000)
    const plain = await logIn(ada)
    const remembered = await logIn(ada, undefined, true)
    expect([hours(plain.expiresAt), hours(remembered.expiresAt)]).toEqual([12, 720])
    expect(sessionCookie(plain)).not.toMatch(/expires|max-age/i)
    expect(sessionCookie(remembered)).toMatch(/; Expires=/)
    expect(sessionCookie(plain)).toMatch(/; HttpOnly; SameSite=Lax$/)
  })

  it('changes its id at log-in and ends the one before in that browser', async () => {
    const before = await logIn(ada)
    const elsewhere = await logIn(ada)
    const grant = await grantOf(before.sessionId)
    const after = await logIn(ada, cookieOf(before.token))
    expect(after.token).not.toBe(before.token)
    expect(await readAccountSession(cookieOf(before.token))).toBeNull()
    expect(await readAccountSession(cookieOf(elsewhere.token))).not.toBeNull()
    expect(await grant()).toBe(after.sessionId)
    // Someone else in the same browser: the first person's tokens must not stay behind.
    await logIn(bob, cookieOf(after.token))
    expect(await grant()).toBeNull()
  })

  it.each(['expired', 'ended', 'disabled'])('is refused at once when %s', async (why) => {
    const session = await logIn(bob)
    if (why === 'expired') await db().session.update({ where: { id: session.sessionId }, data: { expiresAt: new Date(Date.now() - 1) } })
    if (why === 'ended') await endSession({ ctx: await actingAs(bob), input: { sessionId: session.sessionId } })
    if (why === 'disabled') await db().user.update({ where: { id: bob }, data: { disabledAt: new Date() } })
    expect(await readAccountSession(cookieOf(session.token))).toBeNull()
    await db().user.update({ where: { id: bob }, data: { disabledAt: null } })
  })

  it('cannot be forged', async () => {
    const { token } = await logIn(ada)
    const [header, body, signature] = token.split('.') as [string, string, string]
    const { sid } = JSON.parse(Buffer.from(body, 'base64url').toString())
    const none = Buffer.from('{"alg":"none","typ":"xwms-session"}').toString('base64url')
    const sign = (key: Uint8Array, typ: string) =>
      new SignJWT({ sid }).setProtectedHeader({ alg: 'HS256', typ }).setExpirationTime('1h').sign(key)
    for (const forged of [
      '',
      'x',
      `${header}.${body}.`,
      `${none}.${body}.`,
      `${header}.${body}.${signature.slice(0, -2)}AA`,
      `${header}.${Buffer.from(JSON.stringify({ sid, exp: 4e9 })).toString('base64url')}.${signature}`,
      await sign(new Uint8Array(32), 'xwms-session'),
      await sign(subkey('hashing', 'session'), 'JWT'),
      await sign(subkey('hashing', 'next-auth'), 'xwms-session'),
      await new SignJWT({ sid }).setProtectedHeader({ alg: 'HS256', typ: 'xwms-session' }).sign(subkey('hashing', 'session')),
    ]) {
      expect(await readAccountSession(cookieOf(forged)), forged).toBeNull()
    }
    expect(await readAccountSession(cookieOf(token))).not.toBeNull()
    expect(await readAccountSession(undefined)).toBeNull()
    expect(await readAccountSession('next-auth.session-token=%zz')).toBeNull()
  })

  it('notes when it was seen, at most once a minute', async () => {
    const { sessionId, token } = await logIn(ada)
    const seen = async () => (await db().session.findUniqueOrThrow({ where: { id: sessionId } })).lastSeenAt.getTime()
    const first = await seen()
    await readAccountSession(cookieOf(token))
    expect(await seen()).toBe(first)
    await db().session.update({ where: { id: sessionId }, data: { lastSeenAt: new Date(first - 61_000) } })
    await readAccountSession(cookieOf(token))
    expect(await seen()).toBeGreaterThanOrEqual(first)
  })
})

describe('listing and ending', () => {
  it('shows a person their own live sessions and marks the one that asks', async () => {
    const mine = await logIn(ada)
    await logIn(bob)
    const list = await listSessions({ ctx: await actingAs(ada, mine.sessionId) })
    const rows = await db().session.findMany({ where: { id: { in: list.map(({ id }) => id) } } })
    expect(new Set(rows.map(({ userId }) => userId))).toEqual(new Set([ada]))
    expect(list.filter(({ current }) => current)).toMatchObject([{ id: mine.sessionId, userAgent: 'test', ip: '203.0.113.1' }])
  })

  it('is for the person only', async () => {
    const { sessionId, token } = await logIn(ada)
    await expect(endSession({ ctx: await actingAs(bob), input: { sessionId } })).rejects.toMatchObject({ code: 'not_found' })
    await expect(endSession({ ctx: nobody(), input: { sessionId } })).rejects.toMatchObject({ code: 'unauthenticated' })
    await expect(listSessions({ ctx: nobody() })).rejects.toMatchObject({ code: 'unauthenticated' })
    expect(await readAccountSession(cookieOf(token))).not.toBeNull()
    await endSession({ ctx: await actingAs(ada), input: { sessionId } })
    await expect(endSession({ ctx: await actingAs(ada), input: { sessionId } })).rejects.toMatchObject({ code: 'not_found' })
  })

  it('ends all but one', async () => {
    const keep = await logIn(ada)
    const other = await logIn(ada)
    const [kept, gone] = [await grantOf(keep.sessionId), await grantOf(other.sessionId)]
    await transaction(async (tx) => endAllSessions(tx, await actingAs(ada), { userId: ada, keep: keep.sessionId }))
    expect(await readAccountSession(cookieOf(other.token))).toBeNull()
    expect(await readAccountSession(cookieOf(keep.token))).not.toBeNull()
    expect([await kept(), await gone()]).toEqual([keep.sessionId, null])
  })
})
