import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { type AddressDto, addressDto } from './dto.ts'
import { type AddressesOf, addressOwner, MAX_ADDRESSES } from './internal.ts'

/** All addresses of a person, oldest first. @throws AppError unauthenticated, scope_not_granted, consent_required, user_not_found */
export async function listAddresses({ ctx, input }: { ctx: Ctx; input: { of: AddressesOf } }): Promise<AddressDto[]> {
  const { userId } = await addressOwner(ctx, input.of, db())
  const rows = await db().address.findMany({ where: { userId }, orderBy: { id: 'asc' }, take: MAX_ADDRESSES })
  return Promise.all(rows.map(addressDto))
}
