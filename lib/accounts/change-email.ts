import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { db, isUniqueViolation, transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { isLocale } from '#lib/i18n/index.ts'
import { parseInput } from '#lib/input.ts'
import { queueMail } from '#lib/mail/index.ts'
import { CODE_MINUTES, consumeCode, createCode, tryCode } from './codes.ts'
import { requireUser } from './internal.ts'
import { provePassword } from './prove-password.ts'
import { ConfirmEmailChangeInput, RequestEmailChangeInput } from './schemas.ts'
import { ipKey, throttle } from './throttle.ts'

/**
 * Mails a code to the address that the acting person wants to have; until it is given back, the present address stays. An earlier wish no
 * longer counts.
 * @throws AppError validation_failed, email_taken, conflict `stale_login`, too_many_attempts, busy, unauthenticated.
 */
export async function requestEmailChange({ ctx, input }: { ctx: Ctx; input: unknown }): Promise<{ email: string }> {
  const { userId } = requireUser(ctx)
  const { email, password } = parseInput(RequestEmailChangeInput, input)
  await provePassword(ctx, password, 'password')
  await throttle([
    { limit: 'code-send-account', key: `change:${userId}` },
    { limit: 'code-send-account-day', key: `change:${userId}` },
    { limit: 'code-send-ip', key: ipKey(ctx.ip) },
  ])
  const owner = await db().user.findUnique({ where: { email }, select: { id: true } })
  if (owner?.id === userId) throw refused('email_same', 'This is your address already.')
  if (owner) throw await taken(ctx)

  await transaction(async (tx) => {
    const user = await tx.user.findUniqueOrThrow({ where: { id: userId } })
    const code = await createCode(tx, { userId, purpose: 'change_email', email })
    const locale = isLocale(user.locale) ? user.locale : ctx.locale
    await queueMail(tx, { to: email, template: 'change_email', locale, params: { name: user.name, code, minutes: CODE_MINUTES } })
    await recordAudit(tx, ctx, { action: 'user.email_change_requested', teamId: null, target: { type: 'user', id: userId } })
  })
  return { email }
}

/**
 * Makes the new address the acting person's own, with the code that was mailed to it, and tells the old one. From here on they log in with
 * the new one. @throws AppError code_invalid, email_taken, validation_failed, too_many_attempts, unauthenticated.
 */
export async function confirmEmailChange({ ctx, input }: { ctx: Ctx; input: unknown }): Promise<{ email: string }> {
  const { userId } = requireUser(ctx)
  const { code } = parseInput(ConfirmEmailChangeInput, input)
  await throttle([
    { limit: 'code-try-account', key: `change:${userId}` },
    { limit: 'code-try-ip', key: ipKey(ctx.ip) },
  ])
  const codeId = await tryCode({ userId, purpose: 'change_email', code })
  try {
    return await transaction(async (tx) => {
      const email = await consumeCode(tx, codeId)
      if (!email) throw new AppError('code_invalid')
      const before = await tx.user.findUniqueOrThrow({ where: { id: userId } })
      await tx.user.update({ where: { id: userId }, data: { email, emailVerifiedAt: new Date() } })
      // Codes that went to the old address must not count for the new one.
      await tx.mailedCode.deleteMany({ where: { userId, consumedAt: null } })
      await recordAudit(tx, ctx, {
        action: 'user.email_changed',
        teamId: null,
        target: { type: 'user', id: userId },
        before: { email: before.email },
        after: { email },
      })
      const locale = isLocale(before.locale) ? before.locale : ctx.locale
      await queueMail(tx, { to: before.email, template: 'email_changed', locale, params: { name: before.name, email, ip: ctx.ip ?? '–' } })
      return { email }
    })
  } catch (error) {
    // Someone registered with it meanwhile.
    if (isUniqueViolation(error, 'email')) throw await taken(ctx)
    throw error
  }
}

/** Forgets the address that waits for its code. @throws AppError unauthenticated. */
export async function cancelEmailChange({ ctx }: { ctx: Ctx }): Promise<void> {
  const { userId } = requireUser(ctx)
  await transaction(async (tx) => {
    const { count } = await tx.mailedCode.deleteMany({ where: { userId, purpose: 'change_email', consumedAt: null } })
    if (count > 0) await recordAudit(tx, ctx, { action: 'user.email_change_cancelled', teamId: null, target: { type: 'user', id: userId } })
  })
}

/** Asking for many addresses that have accounts is throttled, since the answer tells who is registered here. */
async function taken(ctx: Ctx): Promise<AppError> {
  await throttle([{ limit: 'register-known-ip', key: ipKey(ctx.ip) }])
  return refused('email_taken', 'This address already has an account.')
}

function refused(code: 'email_same' | 'email_taken', message: string): AppError {
  const error = code === 'email_taken' ? 'email_taken' : 'validation_failed'
  return new AppError(error, { message, fields: [{ path: 'email', message, code }] })
}
