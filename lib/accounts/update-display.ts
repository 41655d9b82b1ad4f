import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { parseInput } from '#lib/input.ts'
import { requireUser } from './internal.ts'
import { UpdateDisplayInput } from './schemas.ts'

/** Keeps language and theme with the acting person's account, for every browser; null: as the browser says. @throws AppError validation_failed, unauthenticated. */
export async function updateDisplay({ ctx, input }: { ctx: Ctx; input: unknown }): Promise<void> {
  const { userId } = requireUser(ctx)
  const wanted = parseInput(UpdateDisplayInput, input)
  await transaction(async (tx) => {
    const before = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: { locale: true, theme: true } })
    const after = {
      locale: wanted.locale === undefined ? before.locale : wanted.locale,
      theme: wanted.theme === undefined ? before.theme : wanted.theme,
    }
    if (after.locale === before.locale && after.theme === before.theme) return
    await tx.user.update({ where: { id: userId }, data: after })
    await recordAudit(tx, ctx, { action: 'user.display_updated', teamId: null, target: { type: 'user', id: userId }, before, after })
  })
}
