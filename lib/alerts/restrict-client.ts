import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { parseInput } from '#lib/input.ts'
import { authorizeRestriction } from './authorize-restriction.ts'
import { type RestrictClientInput, restrictClientInput } from './schemas.ts'

export type RestrictionDto = { clientId: string; restricted: boolean; reason: string | null; byOperator: boolean }

/**
 * Restricts a client for abuse: from the next request on the gate and the token endpoint refuse it, on every process, and nothing is
 * lost. Needs `clients.update`, or an operator, whose restriction the team cannot lift and who has to say why. Doing it twice is the same; an operator's takes
 * over the team's.
 * @throws AppError unauthenticated, not_found, permission_denied, validation_failed
 */
export async function restrictClient({ ctx, input }: { ctx: Ctx; input: RestrictClientInput }): Promise<RestrictionDto> {
  return transaction(async (tx) => {
    const { client, operator } = await authorizeRestriction(ctx, input.clientId, tx)
    const { reason } = parseInput(restrictClientInput, input)
    if (operator && ctx.actor.kind === 'user' && !reason) {
      const message = 'Say why: the team sees it.'
      throw new AppError('validation_failed', { message, fields: [{ path: 'reason', message, code: 'required' }] })
    }
    const already = client.restrictedAt !== null && (client.restrictedByOperator || !operator)
    if (already) {
      return { clientId: client.id, restricted: true, reason: client.restrictedReason, byOperator: client.restrictedByOperator }
    }
    const data = { restrictedAt: new Date(), restrictedReason: reason || null, restrictedByOperator: operator }
    await tx.client.update({ where: { id: client.id }, data: { ...data, version: { increment: 1 } } })
    await recordAudit(tx, ctx, {
      action: 'client.restricted',
      teamId: client.teamId,
      target: { type: 'client', id: client.id },
      after: { reason: data.restrictedReason, byOperator: operator },
    })
    return { clientId: client.id, restricted: true, reason: data.restrictedReason, byOperator: operator }
  })
}
