import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { parseInput } from '#lib/input.ts'
import { requireUser } from './internal.ts'
import { UpdateProfileInput } from './schemas.ts'

/** Changes the acting person's name. @throws AppError validation_failed, unauthenticated. */
export async function updateProfile({ ctx, input }: { ctx: Ctx; input: unknown }): Promise<{ name: string }> {
  const { userId } = requireUser(ctx)
  const { name } = parseInput(UpdateProfileInput, input)
  return transaction(async (tx) => {
    const before = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: { name: true } })
    if (before.name === name) return { name }
    await tx.user.update({ where: { id: userId }, data: { name } })
    await recordAudit(tx, ctx, { action: 'user.renamed', teamId: null, target: { type: 'user', id: userId }, before, after: { name } })
    return { name }
  })
}
