import { beforeAll, describe, expect, it } from 'vitest'
import { findAccountBySub } from '#lib/accounts/index.ts'
import type { Ctx } from '#lib/context.ts'
import { type Cast, makeCast, makeUser, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { createAddress, deleteAddress, listOwnAddresses, setDefaultAddress } from './index.ts'
import type { AddressInput } from './schemas.ts'

useTestDatabase()

let cast: Cast

beforeAll(async () => {
  cast = await makeCast()
})

const add = async (ctx: Ctx, city: string, type: AddressInput['type'] = 'standard') =>
  (await createAddress({ ctx, input: { of: { self: true }, address: { type, street: 'S', postal_code: '1', country: 'NL', city } } })).id

describe('the default address', () => {
  it('is the oldest standard one until the person says otherwise, and again once that is gone', async () => {
    const ctx = await makeUser('mover')
    const { sub } = ctx.actor as Extract<Ctx['actor'], { kind: 'user' }>
    const told = async () => (await findAccountBySub(sub))?.address?.city ?? null
    const shown = async () => (await listOwnAddresses({ ctx })).find(({ isDefault }) => isDefault)?.city ?? null
    await add(ctx, 'Assen', 'billing')
    expect([await told(), await shown()]).toEqual([null, null])
    await add(ctx, 'Breda')
    const business = await add(ctx, 'Delft', 'business')
    expect([await told(), await shown()]).toEqual(['Breda', 'Breda'])
    await setDefaultAddress({ ctx, input: { address_id: business } })
    expect([await told(), await shown()]).toEqual(['Delft', 'Delft'])
    expect((await listOwnAddresses({ ctx })).map(({ city }) => city)).toEqual(['Delft', 'Assen', 'Breda'])
    await deleteAddress({ ctx, input: { of: { self: true }, address_id: business } })
    expect([await told(), await shown()]).toEqual(['Breda', 'Breda'])
  })

  it('is one, also when two are chosen at once', async () => {
    const ctx = await makeUser('racer')
    const ids = [await add(ctx, 'A'), await add(ctx, 'B'), await add(ctx, 'C')]
    const outcomes = await Promise.all(ids.map((address_id) => outcome(setDefaultAddress({ ctx, input: { address_id } }))))
    expect(outcomes).toEqual(['ok', 'ok', 'ok'])
    expect((await listOwnAddresses({ ctx })).filter(({ isDefault }) => isDefault).length).toBe(1)
  })

  it('is chosen by its person only', async () => {
    const address_id = await add(cast.owner, 'Ede')
    for (const ctx of [cast.admin, cast.stranger])
      expect(await outcome(setDefaultAddress({ ctx, input: { address_id } }))).toBe('not_found')
    for (const ctx of [cast.nobody, cast.system]) {
      expect(await outcome(setDefaultAddress({ ctx, input: { address_id } }))).toBe('unauthenticated')
      expect(await outcome(listOwnAddresses({ ctx }))).toBe('unauthenticated')
    }
  })
})
