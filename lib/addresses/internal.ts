import { type Reach, reachPerson } from '#lib/connections/index.ts'
import type { Ctx } from '#lib/context.ts'
import { findCountry, listCountries } from '#lib/countries/index.ts'
import { type Db, transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'

/** Whose addresses, asked by whom: a person their own (`self`), a client those of someone who allows it. */
export type AddressesOf = { self: true } | { reach: Reach; sub: string }

/** More than anyone needs, few enough that a list is one page. */
export const MAX_ADDRESSES = 100

const SCOPE = 'useraddresses'

/**
 * {@link transaction} for work that tells countries. Their list is there before it begins: were it read inside, transactions that have all
 * connections of the pool would wait for one more.
 */
export async function transactionWithCountries<T>(work: (tx: Db) => Promise<T>): Promise<T> {
  await listCountries()
  return transaction(work)
}

/**
 * The id of the user whose addresses the actor may use.
 * @throws AppError unauthenticated, and for clients scope_not_granted, consent_required, user_not_found
 */
export async function addressOwner(ctx: Ctx, of: AddressesOf, tx: Db): Promise<{ userId: string; teamId: string | null }> {
  if ('reach' in of) {
    const { userId } = await reachPerson(ctx, { ...of, scope: SCOPE }, tx)
    return { userId, teamId: of.reach.teamId }
  }
  if (ctx.actor.kind !== 'user') throw new AppError('unauthenticated')
  return { userId: ctx.actor.userId, teamId: null }
}

/** The row of one address of its owner, locked. @throws AppError not_found, also for everyone else's. */
export async function findOwnAddress(tx: Db, userId: string, addressId: number) {
  await tx.$queryRaw`SELECT 1 FROM addresses WHERE id = ${addressId} AND user_id = ${userId} FOR UPDATE`
  const row = await tx.address.findFirst({ where: { id: addressId, userId } })
  if (!row) throw new AppError('not_found', { message: 'The user has no such address.' })
  return row
}

/** The alpha-2 code for a code of either length. @throws AppError validation_failed */
export async function countryCode(code: string): Promise<string> {
  const country = await findCountry(code)
  if (country) return country.short_name
  const message = 'not an ISO 3166-1 code'
  throw new AppError('validation_failed', {
    message: `country: ${message}`,
    fields: [{ path: 'address.country', message, code: 'country' }],
  })
}
