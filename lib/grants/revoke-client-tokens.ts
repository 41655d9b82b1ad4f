import * as z from 'zod'
import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { parseInput } from '#lib/input.ts'
import { authorize } from '#lib/teams/index.ts'
import { endApplicationTokens, endClientTokens } from './end-tokens.ts'

const schema = z.object({
  clientId: z.string().max(100),
  /** Only what the application itself got by client credentials; people stay logged in. */
  only: z.literal('client_credentials').optional(),
  /** The client's name as typed by the person; when given it must match. */
  name: z.string().max(1000).optional(),
})

/**
 * Revokes everything a client was issued: its users log in again, their consents stay. With `name`, the person must have typed it
 * right. Needs `tokens.revoke`.
 * @throws AppError not_found, permission_denied, unauthenticated, validation_failed
 */
export async function revokeClientTokens({ ctx, input }: { ctx: Ctx; input: z.input<typeof schema> }): Promise<{ revoked: number }> {
  const { clientId, only, name } = parseInput(schema, input)
  return transaction(async (tx) => {
    const client = await tx.client.findFirst({ where: { id: clientId, deletedAt: null }, select: { teamId: true, name: true } })
    if (!client && ctx.actor.kind === 'nobody') throw new AppError('unauthenticated')
    if (!client) throw new AppError('not_found', { message: 'There is no such client.' })
    await authorize(ctx, { teamId: client.teamId, permission: 'tokens.revoke', clientId }, tx)
    if (name !== undefined && name.trim().normalize() !== client.name) {
      const message = "This is not the client's name"
      throw new AppError('validation_failed', { message, fields: [{ path: 'name', message, code: 'name_mismatch' }] })
    }
    const revoked = only ? await endApplicationTokens(tx, clientId) : await endClientTokens(tx, clientId)
    await recordAudit(tx, ctx, {
      action: 'client.tokens_revoked',
      teamId: client.teamId,
      target: { type: 'client', id: clientId },
      after: { revoked, ...(only ? { only } : {}) },
    })
    return { revoked }
  })
}
