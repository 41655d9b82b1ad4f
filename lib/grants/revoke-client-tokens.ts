import * as z from 'zod'
import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { authorize } from '#lib/teams/index.ts'
import { endClientTokens } from './end-tokens.ts'

const schema = z.object({ clientId: z.string().max(100) })

/**
 * Revokes everything a client was issued: its users log in again, their consents stay. Needs `tokens.revoke`.
 * @throws AppError not_found, permission_denied, unauthenticated.
 */
export async function revokeClientTokens({ ctx, input }: { ctx: Ctx; input: z.input<typeof schema> }): Promise<{ revoked: number }> {
  const { clientId } = schema.parse(input)
  return transaction(async (tx) => {
    const client = await tx.client.findFirst({ where: { id: clientId, deletedAt: null }, select: { teamId: true } })
    if (!client) throw new AppError(ctx.actor.kind === 'nobody' ? 'unauthenticated' : 'not_found')
    await authorize(ctx, { teamId: client.teamId, permission: 'tokens.revoke', clientId }, tx)
    const revoked = await endClientTokens(tx, clientId)
    await recordAudit(tx, ctx, {
      action: 'client.tokens_revoked',
      teamId: client.teamId,
      target: { type: 'client', id: clientId },
      after: { revoked },
    })
    return { revoked }
  })
}
