import * as z from 'zod'
import { provePassword } from '#lib/accounts/index.ts'
import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { endSessionTokens, endUserTokens } from '#lib/grants/index.ts'
import { isLocale } from '#lib/i18n/index.ts'
import { parseInput } from '#lib/input.ts'
import { queueMail } from '#lib/mail/index.ts'
import { lockTeamsOf, removeEmptyTeam } from '#lib/teams/index.ts'
import { ownedTeams } from './account-impact.ts'

const schema = z.object({ email: z.string().max(400), password: z.string().optional() })

/**
 * Deletes the acting person's account for good: their address must be typed, and they must show again who they are. Teams that only they own
 * and that have no clients go with it; their tokens, sessions, consents, addresses and tickets too.
 * @throws AppError validation_failed, conflict `sole_owner` (a team that only they own has clients), conflict `stale_login`,
 * too_many_attempts, busy, unauthenticated.
 */
export async function deleteAccount({ ctx, input }: { ctx: Ctx; input: unknown }): Promise<void> {
  const { actor } = ctx
  if (actor.kind !== 'user') throw new AppError('unauthenticated')
  const { email, password } = parseInput(schema, input)
  if (email.trim().toLowerCase() !== actor.email) {
    const message = 'This is not the address of your account.'
    throw new AppError('validation_failed', { message, fields: [{ path: 'email', message, code: 'email_not_yours' }] })
  }
  await provePassword(ctx, password, 'password')

  await transaction(async (tx) => {
    const { userId, sub } = actor
    // Another owner may be leaving, or deleting their account, at this moment: without the lock each would count on the other to stay.
    await lockTeamsOf(tx, userId)
    // Nobody lets them into a team from here on, since the membership rows hang on this one; a team that they came into just before is locked now.
    await tx.$queryRaw`SELECT 1 FROM users WHERE id = ${userId} FOR UPDATE`
    await lockTeamsOf(tx, userId)
    const { blocking, goingAlong } = await ownedTeams(tx, userId)
    const first = blocking[0]
    if (first)
      throw new AppError('conflict', { message: `The team ${first.name} has clients.`, params: { reason: 'sole_owner', team: first.name } })

    const user = await tx.user.findUniqueOrThrow({ where: { id: userId }, include: { sessions: { select: { id: true } } } })
    await endSessionTokens(
      tx,
      user.sessions.map(({ id }) => id),
    )
    await endUserTokens(tx, sub)
    for (const { teamId } of goingAlong) await removeEmptyTeam(tx, teamId)
    await recordAudit(tx, ctx, {
      action: 'user.deleted',
      teamId: null,
      target: { type: 'user', id: userId },
      before: { teams: goingAlong.map(({ teamId }) => teamId) },
    })
    const locale = isLocale(user.locale) ? user.locale : ctx.locale
    await queueMail(tx, { to: user.email, template: 'account_deleted', locale, params: { name: user.name } })
    await tx.user.delete({ where: { id: userId } })
  })
}
