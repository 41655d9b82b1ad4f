import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { db, isUniqueViolation, transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { newId, newSub } from '#lib/ids.ts'
import { parseInput } from '#lib/input.ts'
import { queueMail } from '#lib/mail/index.ts'
import { createPersonalTeam } from '#lib/teams/index.ts'
import { CODE_MINUTES, createCode } from './codes.ts'
import { hashPassword } from './password.ts'
import { ProvisionUserInput, RegisterUserInput } from './schemas.ts'
import { ipKey, throttle } from './throttle.ts'

export type RegisteredUser = { userId: string; sub: string; email: string; name: string; emailVerified: boolean; teamId: string }

/**
 * Makes an account with its personal team and mails a code to confirm the address. Open to anyone; only the system (the CLI) makes
 * operators, is not throttled, mails nothing and activates the Free plan at once.
 * @throws AppError validation_failed, email_taken, too_many_attempts, permission_denied, busy.
 */
export async function registerUser({ ctx, input }: { ctx: Ctx; input: unknown }): Promise<RegisteredUser> {
  const system = ctx.actor.kind === 'system'
  const { name, email, password, operator = false } = parseInput(system ? ProvisionUserInput : RegisterUserInput, input)
  if (operator && !system) throw new AppError('permission_denied')
  if (!system) await throttle([{ limit: 'register-ip', key: ipKey(ctx.ip) }])
  if (await db().user.findUnique({ where: { email }, select: { id: true } })) throw await taken(ctx)

  const passwordHash = await hashPassword(password)
  try {
    return await transaction(async (tx) => {
      const user = await tx.user.create({
        data: { id: newId('usr'), sub: newSub(), email, name, passwordHash, passwordChangedAt: new Date(), isOperator: operator },
      })
      await recordAudit(tx, ctx, { action: 'user.registered', teamId: null, target: { type: 'user', id: user.id }, after: { operator } })
      const team = await createPersonalTeam(tx, ctx, { userId: user.id, name, activatePlan: system })
      if (!system) {
        const code = await createCode(tx, { userId: user.id, purpose: 'verify_email' })
        await queueMail(tx, { to: email, template: 'verify_email', locale: ctx.locale, params: { name, code, minutes: CODE_MINUTES } })
      }
      return { userId: user.id, sub: user.sub, email, name, emailVerified: false, teamId: team.id }
    })
  } catch (error) {
    // Two registrations at once: the unique index decides.
    if (isUniqueViolation(error, 'email')) throw await taken(ctx)
    throw error
  }
}

/** The answer for an address that has an account; asking for many of them is throttled, since it tells who is registered here. */
async function taken(ctx: Ctx): Promise<AppError> {
  if (ctx.actor.kind !== 'system') await throttle([{ limit: 'register-known-ip', key: ipKey(ctx.ip) }])
  const message = 'This address already has an account.'
  return new AppError('email_taken', { message, fields: [{ path: 'email', message, code: 'email_taken' }] })
}
