import * as z from 'zod'
import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { parseInput } from '#lib/input.ts'
import { authorize } from '#lib/teams/index.ts'
import { endClientTokens } from './end-tokens.ts'

const schema = z.object({
  teamId: z.string().max(100),
  /** The team's name as typed by the person; when given it must match. */
  name: z.string().max(1000).optional(),
})

/**
 * Revokes everything that every client of a team was issued: for when nobody knows how far a leak goes. Consents stay. Needs
 * `tokens.revoke` for the whole team. With `name`, the person must have typed it right.
 * @throws AppError unauthenticated, not_found, permission_denied, validation_failed
 */
export async function revokeTeamTokens(args: { ctx: Ctx; input: z.input<typeof schema> }): Promise<{ clients: number; revoked: number }> {
  const { ctx } = args
  const { teamId, name } = parseInput(schema, args.input)
  return transaction(async (tx) => {
    await authorize(ctx, { teamId, permission: 'tokens.revoke' }, tx)
    const team = await tx.team.findUnique({ where: { id: teamId }, select: { name: true } })
    if (name !== undefined && name.trim().normalize() !== team?.name) {
      const message = 'Type the name of the team exactly.'
      throw new AppError('validation_failed', { message, fields: [{ path: 'name', message, code: 'team_name_mismatch' }] })
    }
    const clients = await tx.client.findMany({ where: { teamId, deletedAt: null }, select: { id: true } })
    let revoked = 0
    for (const { id } of clients) revoked += await endClientTokens(tx, id)
    await recordAudit(tx, ctx, {
      action: 'team.tokens_revoked',
      teamId,
      target: { type: 'team', id: teamId },
      after: { clients: clients.length, revoked },
    })
    return { clients: clients.length, revoked }
  })
}
