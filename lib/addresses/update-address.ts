import * as z from 'zod'
import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { parseInput } from '#lib/input.ts'
import { type AddressDto, addressColumns, addressDto } from './dto.ts'
import { type AddressesOf, addressOwner, countryCode, findOwnAddress, transactionWithCountries } from './internal.ts'
import { type AddressChange, addressChange, addressId } from './schemas.ts'

const schema = z.object({ address_id: addressId, address: addressChange })

export type UpdateAddressInput = { of: AddressesOf; address_id: number; address: AddressChange }

/**
 * Changes an address: members that are absent stay, null clears one.
 * @throws AppError unauthenticated, scope_not_granted, consent_required, user_not_found, validation_failed, not_found
 */
export async function updateAddress({ ctx, input }: { ctx: Ctx; input: UpdateAddressInput }): Promise<AddressDto> {
  return transactionWithCountries(async (tx) => {
    const { userId, teamId } = await addressOwner(ctx, input.of, tx)
    const { address_id, address } = parseInput(schema, input)
    const { id } = await findOwnAddress(tx, userId, address_id)
    const columns = { ...addressColumns(address), ...(address.country ? { country: await countryCode(address.country) } : {}) }
    const row = await tx.address.update({ where: { id, userId }, data: columns })
    await recordAudit(tx, ctx, {
      action: 'address.updated',
      teamId,
      target: { type: 'address', id: String(row.id) },
      // Which members, not what is in them: the audit trail is read by the client's team.
      after: { changed: Object.keys(address).sort() },
    })
    return addressDto(row)
  })
}
