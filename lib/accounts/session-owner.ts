import { db } from '#lib/db.ts'
import { env } from '#lib/env.ts'
import { readCookie, sessionCookieName } from './cookies.ts'
import { hashOf } from './create-session.ts'
import { verifySessionToken } from './session-token.ts'

/** Whose the session in a `Cookie` header is or was, also when it has ended; null without one. It proves nothing: for what is kept for a person only. */
export async function sessionOwner(cookieHeader: string | null | undefined): Promise<string | null> {
  const sid = await verifySessionToken(readCookie(cookieHeader, sessionCookieName(env().secure)))
  if (!sid) return null
  const row = await db().session.findUnique({ where: { tokenHash: hashOf(sid) }, select: { userId: true } })
  return row?.userId ?? null
}
