import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { db, transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { isLocale } from '#lib/i18n/index.ts'
import { parseInput } from '#lib/input.ts'
import { queueMail } from '#lib/mail/index.ts'
import { endAllSessions } from './end-session.ts'
import { hashPassword } from './password.ts'
import { SetPasswordForInput } from './schemas.ts'

/**
 * Gives somebody a new password without a code: for whoever runs the installation, when no mail reaches them. Ends their sessions and tells them by mail.
 * For the system alone, which is who has the command line.
 * @throws AppError permission_denied, validation_failed, not_found, busy
 */
export async function setPasswordFor({
  ctx,
  input,
}: {
  ctx: Ctx
  input: unknown
}): Promise<{ userId: string; email: string; sessions: number }> {
  if (ctx.actor.kind !== 'system') throw new AppError('permission_denied')
  const { email, password } = parseInput(SetPasswordForInput, input)
  const user = await db().user.findUnique({ where: { email } })
  if (!user) throw new AppError('not_found', { message: `There is no account with the address ${email}.` })
  const passwordHash = await hashPassword(password)
  const sessions = await transaction(async (tx) => {
    await tx.user.update({ where: { id: user.id }, data: { passwordHash, passwordChangedAt: new Date() } })
    await tx.mailedCode.deleteMany({ where: { userId: user.id, purpose: 'reset_password' } })
    await recordAudit(tx, ctx, { action: 'user.password_reset', teamId: null, target: { type: 'user', id: user.id } })
    const locale = isLocale(user.locale) ? user.locale : ctx.locale
    await queueMail(tx, { to: email, template: 'password_changed', locale, params: { name: user.name, ip: ctx.ip ?? '–' } })
    return endAllSessions(tx, ctx, { userId: user.id })
  })
  return { userId: user.id, email, sessions }
}
