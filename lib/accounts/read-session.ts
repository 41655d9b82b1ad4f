import { db } from '#lib/db.ts'
import { env } from '#lib/env.ts'
import { readCookie, sessionCookieName } from './cookies.ts'
import { hashOf } from './create-session.ts'
import { verifySessionToken } from './session-token.ts'

/** `lastSeenAt` is written at most this often: a page view must not cost a write each time. */
const SEEN_EVERY_MS = 60_000

export type AccountSession = {
  sessionId: string
  userId: string
  sub: string
  email: string
  emailVerified: boolean
  name: string
  /** The person's own setting. */
  locale: string | null
  /** The person's own setting: `light` or `dark`. */
  theme: string | null
  isOperator: boolean
  authenticatedAt: Date
  amr: string[]
}

/**
 * The live account session in a `Cookie` header, or null: no cookie, a forged or expired token, an ended session, a disabled person.
 * Asks the database every time, so that ending a session counts from the next request on any process. Database errors propagate.
 */
export function readAccountSession(cookieHeader: string | null | undefined): Promise<AccountSession | null> {
  return readSessionToken(readCookie(cookieHeader, sessionCookieName(env().secure)))
}

/** {@link readAccountSession} for a cookie's value. */
export async function readSessionToken(token: string | undefined): Promise<AccountSession | null> {
  const sid = await verifySessionToken(token)
  if (!sid) return null
  const row = await db().session.findUnique({ where: { tokenHash: hashOf(sid) }, include: { user: true } })
  const now = new Date()
  if (!row || row.endedAt || row.expiresAt <= now || row.user.disabledAt) return null

  const stale = new Date(now.getTime() - SEEN_EVERY_MS)
  if (row.lastSeenAt < stale) {
    await db().session.updateMany({ where: { id: row.id, lastSeenAt: { lt: stale } }, data: { lastSeenAt: now } })
  }
  const { user } = row
  return {
    sessionId: row.id,
    userId: user.id,
    sub: user.sub,
    email: user.email,
    emailVerified: user.emailVerifiedAt !== null,
    name: user.name,
    locale: user.locale,
    theme: user.theme,
    isOperator: user.isOperator,
    authenticatedAt: row.authenticatedAt,
    amr: row.amr,
  }
}
