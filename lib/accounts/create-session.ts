import { randomBytes } from 'node:crypto'
import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { type Db, transaction } from '#lib/db.ts'
import { env } from '#lib/env.ts'
import { AppError } from '#lib/errors.ts'
import { endSessionTokens, moveSessionTokens } from '#lib/grants/index.ts'
import { newId } from '#lib/ids.ts'
import { sha256 } from '#lib/secrets/index.ts'
import { readCookie, serializeCookie, sessionCookieName } from './cookies.ts'
import { signSessionToken, verifySessionToken } from './session-token.ts'

const HOUR_MS = 3_600_000
const REMEMBERED_MS = 30 * 24 * HOUR_MS
const UNREMEMBERED_MS = 12 * HOUR_MS

export type NewSession = {
  sessionId: string
  /** The cookie's value. */
  token: string
  expiresAt: Date
  remember: boolean
}

export type CreateSessionInput = {
  userId: string
  /** How the person proved who they are (RFC 8176), such as `['pwd']`. */
  amr: string[]
  /** 30 days and a lasting cookie; otherwise 12 hours and one that ends with the browser. */
  remember: boolean
  /** When the password that proved it was set, where one did: a session must not outlive a reset that came between. */
  passwordChangedAt?: Date | null | undefined
  /** The request's `Cookie` header: the session that this browser had before ends. */
  cookieHeader?: string | null | undefined
}

/**
 * Starts a session with a fresh id for a person who has just proved who they are, in the caller's transaction.
 * @throws AppError unauthenticated when meanwhile the account was disabled or deleted, or its password changed
 */
export async function createSession(tx: Db, ctx: Ctx, input: CreateSessionInput): Promise<NewSession> {
  await assertStillProven(tx, input)
  const now = new Date()
  const previous = await endPrevious(tx, input, now)
  const sid = randomBytes(32).toString('base64url')
  const sessionId = newId('ses')
  const expiresAt = new Date(now.getTime() + (input.remember ? REMEMBERED_MS : UNREMEMBERED_MS))
  await tx.session.create({
    data: {
      id: sessionId,
      tokenHash: hashOf(sid),
      userId: input.userId,
      amr: input.amr,
      remember: input.remember,
      ip: ctx.ip,
      userAgent: ctx.userAgent?.slice(0, 500) ?? null,
      authenticatedAt: now,
      lastSeenAt: now,
      expiresAt,
    },
  })
  await tx.user.update({ where: { id: input.userId }, data: { lastLoginAt: now } })
  // The same person again: what they authorized goes on and ends with the new session. Another person's must not stay in this browser.
  if (previous?.userId === input.userId) await moveSessionTokens(tx, previous.id, sessionId)
  else if (previous) await endSessionTokens(tx, [previous.id])
  await recordAudit(tx, ctx, {
    action: 'session.created',
    teamId: null,
    target: { type: 'user', id: input.userId },
    after: { session: sessionId, amr: input.amr, remember: input.remember },
  })
  return { sessionId, token: await signSessionToken({ sid, expiresAt }), expiresAt, remember: input.remember }
}

/** {@link createSession} in a transaction of its own: for the transports that log people in. */
export function startSession({ ctx, input }: { ctx: Ctx; input: CreateSessionInput }): Promise<NewSession> {
  return transaction((tx) => createSession(tx, ctx, input))
}

/** Takes the lock that a reset takes as well: either sees what the other did, and a reset ends every session that was there before it. */
async function assertStillProven(tx: Db, { userId, passwordChangedAt }: CreateSessionInput): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM users WHERE id = ${userId} FOR UPDATE`
  const user = await tx.user.findUnique({ where: { id: userId }, select: { disabledAt: true, passwordChangedAt: true } })
  const same = passwordChangedAt === undefined || passwordChangedAt?.getTime() === user?.passwordChangedAt?.getTime()
  if (!user || user.disabledAt || !same) throw new AppError('unauthenticated', { message: 'Email or password is incorrect.' })
}

async function endPrevious(tx: Db, { cookieHeader }: CreateSessionInput, now: Date): Promise<{ id: string; userId: string } | null> {
  const sid = await verifySessionToken(readCookie(cookieHeader, sessionCookieName(env().secure)))
  if (!sid) return null
  const previous = await tx.session.findUnique({ where: { tokenHash: hashOf(sid) }, select: { id: true, userId: true, endedAt: true } })
  if (!previous || previous.endedAt) return null
  await tx.session.update({ where: { id: previous.id }, data: { endedAt: now } })
  return previous
}

/** The `Set-Cookie` value of a new session. */
export function sessionCookie(session: NewSession): string {
  return serializeCookie(sessionCookieName(env().secure), session.token, session.remember ? session.expiresAt : undefined)
}

/** What is stored of a session id. 256 random bits: a plain hash is enough. */
export function hashOf(sid: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(sha256(sid))
}
