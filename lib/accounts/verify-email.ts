import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { db, transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { isLocale } from '#lib/i18n/index.ts'
import { parseInput } from '#lib/input.ts'
import { queueMail } from '#lib/mail/index.ts'
import { CODE_MINUTES, consumeCode, createCode, tryCode } from './codes.ts'
import { requireUser } from './internal.ts'
import { VerifyEmailInput } from './schemas.ts'
import { ipKey, throttle } from './throttle.ts'

/**
 * Confirms the acting person's address with the code that was mailed to it. Does nothing when it is confirmed already.
 * @throws AppError code_invalid, validation_failed, too_many_attempts, unauthenticated.
 */
export async function verifyEmail({ ctx, input }: { ctx: Ctx; input: unknown }): Promise<void> {
  const { userId } = requireUser(ctx)
  const { code } = parseInput(VerifyEmailInput, input)
  if (await isVerified(userId)) return
  await throttle([
    { limit: 'code-try-account', key: `verify:${userId}` },
    { limit: 'code-try-ip', key: ipKey(ctx.ip) },
  ])
  const codeId = await tryCode({ userId, purpose: 'verify_email', code })
  await transaction(async (tx) => {
    await consumeCode(tx, codeId)
    await tx.user.update({ where: { id: userId }, data: { emailVerifiedAt: new Date() } })
    await recordAudit(tx, ctx, { action: 'user.email_verified', teamId: null, target: { type: 'user', id: userId } })
  })
}

/** Mails the acting person a fresh code; the one before no longer works. Does nothing when the address is confirmed. @throws AppError too_many_attempts, unauthenticated. */
export async function sendVerificationCode({ ctx }: { ctx: Ctx }): Promise<void> {
  const { userId } = requireUser(ctx)
  if (await isVerified(userId)) return
  await throttle([
    { limit: 'code-send-account', key: `verify:${userId}` },
    { limit: 'code-send-account-day', key: `verify:${userId}` },
    { limit: 'code-send-ip', key: ipKey(ctx.ip) },
  ])
  await transaction(async (tx) => {
    const { email, name, locale } = await tx.user.findUniqueOrThrow({ where: { id: userId } })
    const code = await createCode(tx, { userId, purpose: 'verify_email' })
    await queueMail(tx, {
      to: email,
      template: 'verify_email',
      locale: isLocale(locale) ? locale : ctx.locale,
      params: { name, code, minutes: CODE_MINUTES },
    })
  })
}

async function isVerified(userId: string): Promise<boolean> {
  const user = await db().user.findUnique({ where: { id: userId }, select: { emailVerifiedAt: true } })
  if (!user) throw new AppError('unauthenticated')
  return user.emailVerifiedAt !== null
}
