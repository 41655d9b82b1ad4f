import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { authorizeRestriction } from './authorize-restriction.ts'
import type { RestrictionDto } from './restrict-client.ts'

/**
 * Takes back `restrictClient`. A team lifts what it restricted itself; an operator's restriction only an operator. Doing it twice is
 * the same.
 * @throws AppError unauthenticated, not_found, permission_denied (with `params.reason` operator)
 */
export async function liftRestriction({ ctx, input }: { ctx: Ctx; input: { clientId: string } }): Promise<RestrictionDto> {
  return transaction(async (tx) => {
    const { client, operator } = await authorizeRestriction(ctx, input.clientId, tx)
    const lifted = { clientId: client.id, restricted: false, reason: null, byOperator: false }
    if (client.restrictedAt === null) return lifted
    if (client.restrictedByOperator && !operator) {
      throw new AppError('permission_denied', {
        message: 'An operator restricted this client: ask them to lift it.',
        params: { reason: 'operator' },
      })
    }
    const data = { restrictedAt: null, restrictedReason: null, restrictedByOperator: false }
    await tx.client.update({ where: { id: client.id }, data: { ...data, version: { increment: 1 } } })
    await recordAudit(tx, ctx, {
      action: 'client.restriction_lifted',
      teamId: client.teamId,
      target: { type: 'client', id: client.id },
      before: { reason: client.restrictedReason, byOperator: client.restrictedByOperator },
    })
    return lifted
  })
}
