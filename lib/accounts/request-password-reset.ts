import { setTimeout as sleep } from 'node:timers/promises'
import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { db, transaction } from '#lib/db.ts'
import { isLocale } from '#lib/i18n/index.ts'
import { parseInput } from '#lib/input.ts'
import { log } from '#lib/log.ts'
import { queueMail } from '#lib/mail/index.ts'
import { CODE_MINUTES, createCode } from './codes.ts'
import { RequestPasswordResetInput } from './schemas.ts'
import { accountKey, ipKey, throttle } from './throttle.ts'

/** Longer than the work for a known address takes, so that both answers come at the same time. */
const ANSWER_MS = 300

/**
 * Mails a code to set a new password with, if the address has an account. The answer, its time and its limits are the same if it has
 * none. @throws AppError validation_failed, too_many_attempts.
 */
export async function requestPasswordReset({ ctx, input }: { ctx: Ctx; input: unknown }): Promise<void> {
  const { email } = parseInput(RequestPasswordResetInput, input)
  await throttle([
    { limit: 'code-send-account', key: `reset:${accountKey(email)}` },
    { limit: 'code-send-account-day', key: `reset:${accountKey(email)}` },
    { limit: 'code-send-ip', key: ipKey(ctx.ip) },
  ])
  // A failure here must look the same as well; it is logged instead.
  const work = mailCode(ctx, email).catch((err: unknown) =>
    log().error({ err, requestId: ctx.requestId }, 'password reset code not queued'),
  )
  await Promise.all([work, sleep(ANSWER_MS)])
}

async function mailCode(ctx: Ctx, email: string): Promise<void> {
  const user = await db().user.findUnique({ where: { email } })
  if (!user || user.disabledAt) return
  await transaction(async (tx) => {
    const code = await createCode(tx, { userId: user.id, purpose: 'reset_password' })
    const locale = isLocale(user.locale) ? user.locale : ctx.locale
    await queueMail(tx, { to: user.email, template: 'reset_password', locale, params: { name: user.name, code, minutes: CODE_MINUTES } })
    await recordAudit(tx, ctx, { action: 'user.password_reset_requested', teamId: null, target: { type: 'user', id: user.id } })
  })
}
