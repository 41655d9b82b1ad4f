import type * as z from 'zod'
import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { parseInput } from '#lib/input.ts'
import { authorize } from '#lib/teams/index.ts'
import { resourceServerDto } from './internal.ts'
import { resourceServerRef } from './schemas.ts'

/** Removes a resource server: no more tokens are made for it. Those that exist end by their lifetime. Needs `clients.update`. @throws AppError unauthenticated, not_found, permission_denied */
export async function deleteResourceServer({
  ctx,
  input,
}: {
  ctx: Ctx
  input: z.input<typeof resourceServerRef>
}): Promise<{ name: string }> {
  await authorize(ctx, { teamId: input.teamId, permission: 'clients.update' })
  const { teamId, id } = parseInput(resourceServerRef, input)
  return transaction(async (tx) => {
    const row = await tx.resourceServer.findFirst({ where: { id, teamId } })
    if (!row) throw new AppError('not_found', { message: 'There is no such API.' })
    await tx.resourceServer.delete({ where: { id: row.id } })
    await recordAudit(tx, ctx, {
      action: 'resource.deleted',
      teamId,
      target: { type: 'resource', id: row.id },
      before: resourceServerDto(row),
    })
    return { name: row.name }
  })
}
