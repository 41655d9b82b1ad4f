import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { parseInput } from '#lib/input.ts'
import { SetOperatorInput } from './schemas.ts'

/**
 * Makes somebody an operator of the installation, or no longer one, from their next request on; what they are already stays as it is. For the system
 * alone, which is who has the command line: operators make none of their like.
 * @throws AppError permission_denied, validation_failed, not_found
 */
export async function setOperator({
  ctx,
  input,
}: {
  ctx: Ctx
  input: unknown
}): Promise<{ userId: string; email: string; operator: boolean }> {
  if (ctx.actor.kind !== 'system') throw new AppError('permission_denied')
  const { email, operator } = parseInput(SetOperatorInput, input)
  return transaction(async (tx) => {
    const user = await tx.user.findUnique({ where: { email }, select: { id: true, isOperator: true } })
    if (!user) throw new AppError('not_found', { message: `There is no account with the address ${email}.` })
    if (user.isOperator !== operator) {
      await tx.user.update({ where: { id: user.id }, data: { isOperator: operator } })
      const action = operator ? 'operator.added' : 'operator.removed'
      await recordAudit(tx, ctx, { action, teamId: null, target: { type: 'user', id: user.id } })
    }
    return { userId: user.id, email, operator }
  })
}
