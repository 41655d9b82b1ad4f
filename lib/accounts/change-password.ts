import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { db, transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { revokeOwnTokens } from '#lib/grants/index.ts'
import { isLocale } from '#lib/i18n/index.ts'
import { parseInput } from '#lib/input.ts'
import { queueMail } from '#lib/mail/index.ts'
import { endAllSessions } from './end-session.ts'
import { requireUser } from './internal.ts'
import { hashPassword } from './password.ts'
import { passwordProblem } from './password-rules.ts'
import { provePassword } from './prove-password.ts'
import { ChangePasswordInput } from './schemas.ts'

/**
 * Changes the acting person's password, or sets the first one of somebody who logs in elsewhere. Asks who they are again, tells them by
 * mail, and ends other sessions and tokens if asked.
 * @throws AppError validation_failed, conflict `stale_login`, too_many_attempts, busy, unauthenticated.
 */
export async function changePassword({ ctx, input }: { ctx: Ctx; input: unknown }): Promise<{ sessions: number; tokens: number }> {
  const { userId, sessionId } = requireUser(ctx)
  const { currentPassword, password, endSessions, endTokens } = parseInput(ChangePasswordInput, input)
  const user = await db().user.findUnique({ where: { id: userId } })
  if (!user) throw new AppError('unauthenticated')
  const problem = passwordProblem(password, [user.email, user.name])
  if (problem) {
    const { code, message, ...params } = problem
    throw new AppError('validation_failed', { message, fields: [{ path: 'password', message, code, params }] })
  }
  await provePassword(ctx, currentPassword, 'currentPassword')

  const passwordHash = await hashPassword(password)
  return transaction(async (tx) => {
    await tx.user.update({ where: { id: userId }, data: { passwordHash, passwordChangedAt: new Date() } })
    await tx.mailedCode.deleteMany({ where: { userId, purpose: 'reset_password' } })
    await recordAudit(tx, ctx, {
      action: 'user.password_changed',
      teamId: null,
      target: { type: 'user', id: userId },
      after: { first: user.passwordHash === null, sessions_ended: endSessions, tokens_ended: endTokens },
    })
    const sessions = endSessions ? await endAllSessions(tx, ctx, { userId, keep: sessionId }) : 0
    const tokens = endTokens ? (await revokeOwnTokens({ ctx }, tx)).revoked : 0
    const locale = isLocale(user.locale) ? user.locale : ctx.locale
    await queueMail(tx, { to: user.email, template: 'password_changed', locale, params: { name: user.name, ip: ctx.ip ?? '–' } })
    return { sessions, tokens }
  })
}
