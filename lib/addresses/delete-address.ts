import * as z from 'zod'
import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { parseInput } from '#lib/input.ts'
import { type AddressDto, addressDto } from './dto.ts'
import { type AddressesOf, addressOwner, findOwnAddress, transactionWithCountries } from './internal.ts'
import { addressId } from './schemas.ts'

const schema = z.object({ address_id: addressId })

/**
 * Deletes an address and answers what it was.
 * @throws AppError unauthenticated, scope_not_granted, consent_required, user_not_found, validation_failed, not_found
 */
export async function deleteAddress({ ctx, input }: { ctx: Ctx; input: { of: AddressesOf; address_id: number } }): Promise<AddressDto> {
  return transactionWithCountries(async (tx) => {
    const { userId, teamId } = await addressOwner(ctx, input.of, tx)
    const { address_id } = parseInput(schema, input)
    const row = await findOwnAddress(tx, userId, address_id)
    await tx.address.delete({ where: { id: row.id, userId } })
    await recordAudit(tx, ctx, {
      action: 'address.deleted',
      teamId,
      target: { type: 'address', id: String(row.id) },
      before: { type: row.type },
    })
    return addressDto(row)
  })
}
