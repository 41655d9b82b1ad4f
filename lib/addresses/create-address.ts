import * as z from 'zod'
import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { AppError } from '#lib/errors.ts'
import { parseInput } from '#lib/input.ts'
import { type AddressDto, addressColumns, addressDto } from './dto.ts'
import { type AddressesOf, addressOwner, countryCode, MAX_ADDRESSES, transactionWithCountries } from './internal.ts'
import { type AddressInput, addressInput } from './schemas.ts'

const schema = z.object({ address: addressInput })

/**
 * Adds an address to a person's.
 * @throws AppError unauthenticated, scope_not_granted, consent_required, user_not_found, validation_failed, limit_reached
 */
export async function createAddress({ ctx, input }: { ctx: Ctx; input: { of: AddressesOf; address: AddressInput } }): Promise<AddressDto> {
  return transactionWithCountries(async (tx) => {
    const { userId, teamId } = await addressOwner(ctx, input.of, tx)
    const { address } = parseInput(schema, input)
    // Counting and adding must not run side by side, or two could pass the limit at once.
    await tx.$queryRaw`SELECT 1 FROM users WHERE id = ${userId} FOR UPDATE`
    if ((await tx.address.count({ where: { userId } })) >= MAX_ADDRESSES) {
      throw new AppError('limit_reached', { message: `A person has at most ${MAX_ADDRESSES} addresses.`, params: { limit: MAX_ADDRESSES } })
    }
    const columns = { ...addressColumns(address), country: await countryCode(address.country) }
    const row = await tx.address.create({ data: { ...columns, userId } })
    await recordAudit(tx, ctx, {
      action: 'address.created',
      teamId,
      target: { type: 'address', id: String(row.id) },
      after: { type: row.type },
    })
    return addressDto(row)
  })
}
