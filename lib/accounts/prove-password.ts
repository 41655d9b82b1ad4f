import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { requireUser } from './internal.ts'
import { comparePassword } from './password.ts'
import { MAX_PASSWORD } from './password-rules.ts'
import { type Attempt, forget, giveBack, ipKey, throttle } from './throttle.ts'

/** Someone without a password shows who they are by having logged in just now. */
const FRESH_MS = 15 * 60_000

/**
 * Asks the acting person to show again that it is them, before what a stolen session must not do: by their password, or where they have
 * none by a log-in of the last quarter of an hour. Attempts are counted before anything is hashed. Call it before the transaction.
 * @throws AppError validation_failed at `path` for a wrong password, conflict `stale_login`, too_many_attempts, busy, unauthenticated.
 */
export async function provePassword(ctx: Ctx, password: unknown, path: string): Promise<void> {
  const { userId, sessionId } = requireUser(ctx)
  const user = await db().user.findUnique({ where: { id: userId }, select: { passwordHash: true } })
  if (!user) throw new AppError('unauthenticated')
  if (user.passwordHash === null) return requireFreshLogin(sessionId)

  const own: Attempt = { limit: 'prove-account', key: userId }
  const place: Attempt = { limit: 'login-ip', key: ipKey(ctx.ip) }
  await throttle([own, place])
  const typed = typeof password === 'string' ? password : ''
  if (typed === '') throw wrong(path, 'password_required', 'Enter your password.')
  if (typed.length > MAX_PASSWORD || !(await comparePassword(typed, user.passwordHash))) {
    throw wrong(path, 'password_wrong', 'This is not your password.')
  }
  await Promise.all([forget([own]), giveBack([place])])
}

async function requireFreshLogin(sessionId: string): Promise<void> {
  const session = await db().session.findUnique({ where: { id: sessionId }, select: { authenticatedAt: true } })
  if (session && session.authenticatedAt.getTime() > Date.now() - FRESH_MS) return
  throw new AppError('conflict', { message: 'Log out and in again first.', params: { reason: 'stale_login' } })
}

function wrong(path: string, code: string, message: string): AppError {
  return new AppError('validation_failed', { message, fields: [{ path, message, code }] })
}
