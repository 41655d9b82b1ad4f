import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { type AddressDto, addressDto } from './dto.ts'
import { addressOwner, MAX_ADDRESSES } from './internal.ts'

/** An address as its own person sees it. `isDefault`: apps with the scope `address` are told this one. */
export type OwnAddress = AddressDto & { isDefault: boolean }

/** All addresses of the acting person, the default first, then oldest first. @throws AppError unauthenticated */
export async function listOwnAddresses({ ctx }: { ctx: Ctx }): Promise<OwnAddress[]> {
  const { userId } = await addressOwner(ctx, { self: true }, db())
  const rows = await db().address.findMany({ where: { userId }, orderBy: [{ isDefault: 'desc' }, { id: 'asc' }], take: MAX_ADDRESSES })
  // Where none was chosen, the oldest standard one is told.
  const told = rows.find((row) => row.isDefault) ?? rows.find((row) => row.type === 'standard')
  const all = await Promise.all(rows.map(async (row) => ({ ...(await addressDto(row)), isDefault: row === told })))
  return all.sort((a, b) => Number(b.isDefault) - Number(a.isDefault))
}
