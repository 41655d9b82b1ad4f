import { expect, it } from 'vitest'
import { env } from '#lib/env.ts'
import { makeUser } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { createAddress, deleteAddress } from './index.ts'

useTestDatabase()

const MANY = 40

// A file of its own, hence a process that has read nothing yet.
it('a fresh process adds and deletes more addresses at once than it has connections', async () => {
  expect(MANY).toBeGreaterThan(env().DATABASE_POOL)
  const ctx = await makeUser('mover')
  const of = { self: true } as const
  const address = { type: 'standard', street: 'Dam', city: 'Amsterdam', postal_code: '1012 JS', country: 'NL' } as const
  const made = await Promise.all(Array.from({ length: MANY }, () => createAddress({ ctx, input: { of, address } })))
  expect(new Set(made.map(({ id }) => id)).size).toBe(MANY)
  await Promise.all(made.map(({ id }) => deleteAddress({ ctx, input: { of, address_id: id } })))
})
