import * as z from 'zod'
import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { parseInput } from '#lib/input.ts'
import { addressOwner, findOwnAddress } from './internal.ts'
import { addressId } from './schemas.ts'

const schema = z.object({ address_id: addressId })

/**
 * Makes one of the acting person's addresses the default: what apps with the scope `address` are told.
 * @throws AppError unauthenticated, validation_failed, not_found
 */
export async function setDefaultAddress({ ctx, input }: { ctx: Ctx; input: { address_id: number } }): Promise<void> {
  await transaction(async (tx) => {
    const { userId } = await addressOwner(ctx, { self: true }, tx)
    const { address_id } = parseInput(schema, input)
    // The one before must go first, and two of these must not run side by side: an index allows one default.
    await tx.$queryRaw`SELECT 1 FROM users WHERE id = ${userId} FOR UPDATE`
    const { id, isDefault } = await findOwnAddress(tx, userId, address_id)
    if (isDefault) return
    await tx.address.updateMany({ where: { userId, isDefault: true }, data: { isDefault: false } })
    await tx.address.update({ where: { id, userId }, data: { isDefault: true } })
    await recordAudit(tx, ctx, { action: 'address.made_default', teamId: null, target: { type: 'address', id: String(id) } })
  })
}
