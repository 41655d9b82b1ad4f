import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { db, transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { parseInput } from '#lib/input.ts'
import { consumeCode, tryCode } from './codes.ts'
import { endAllSessions } from './end-session.ts'
import { hashPassword } from './password.ts'
import { ResetPasswordInput } from './schemas.ts'
import { accountKey, forget, ipKey, throttle } from './throttle.ts'

/** Stands in for an unknown person, so that the same queries run. */
const NOBODY = 'usr_nobody'

/**
 * Sets a new password with a mailed code, and ends every session of the person. The code also proves the address; log-ins elsewhere that were linked
 * before anybody had proved it are no longer linked.
 * @throws AppError code_invalid (also for an unknown address), validation_failed, too_many_attempts, busy.
 */
export async function resetPassword({ ctx, input }: { ctx: Ctx; input: unknown }): Promise<void> {
  const { email, code, password } = parseInput(ResetPasswordInput, input)
  const account = accountKey(email)
  const ip = ipKey(ctx.ip)
  await throttle([
    { limit: 'code-try-account', key: `reset:${account}` },
    { limit: 'code-try-ip', key: ip },
  ])
  const user = await db().user.findUnique({ where: { email } })
  const codeId = await tryCode({ userId: user?.id ?? NOBODY, purpose: 'reset_password', code })
  if (!user || user.disabledAt) throw new AppError('code_invalid', { message: 'This code is not valid.' })

  const passwordHash = await hashPassword(password)
  await transaction(async (tx) => {
    await consumeCode(tx, codeId)
    const now = new Date()
    await tx.user.update({
      where: { id: user.id },
      data: { passwordHash, passwordChangedAt: now, emailVerifiedAt: user.emailVerifiedAt ?? now },
    })
    // Who made the account may not have owned its address: a log-in elsewhere would let them in again, behind the back of its owner.
    const { count: unlinked } = user.emailVerifiedAt ? { count: 0 } : await tx.externalAccount.deleteMany({ where: { userId: user.id } })
    const target = { type: 'user', id: user.id }
    await recordAudit(tx, ctx, { action: 'user.password_reset', teamId: null, target, ...(unlinked ? { after: { unlinked } } : {}) })
    await endAllSessions(tx, ctx, { userId: user.id })
  })
  // Someone who forgot has used up log-in attempts; the new password must work now.
  await forget([
    { limit: 'login-pair', key: `${account}:${ip}` },
    { limit: 'login-pair-day', key: `${account}:${ip}` },
  ])
}
