import { beforeAll, describe, expect, it } from 'vitest'
import { connect, makeApiClient, subOf, type TestClient } from '#lib/connections/testing.ts'
import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { isAppError } from '#lib/errors.ts'
import { takeBackConsent } from '#lib/grants/index.ts'
import { type Cast, makeCast, makeUser, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { createAddress, deleteAddress, listAddresses, updateAddress } from './index.ts'
import type { AddressInput } from './schemas.ts'

useTestDatabase()

const HOME: AddressInput = { type: 'standard', street: 'Dam', house_number: '1', city: 'Amsterdam', postal_code: '1012 JS', country: 'NL' }

let cast: Cast
let client: TestClient

beforeAll(async () => {
  cast = await makeCast()
  await db().team.updateMany({ data: { planKey: 'enterprise' } })
  client = await makeApiClient(cast.teamId, { mode: 'live' })
})

function of(sub: string, using = client) {
  return { reach: using.reach, sub }
}

function add(ctx: Ctx, address: AddressInput = HOME) {
  return createAddress({ ctx, input: { of: { self: true }, address } })
}

describe('a person and their own addresses', () => {
  it('lists, adds, changes and deletes them', async () => {
    const person = await makeUser('own')
    const made = await add(person, { ...HOME, country: 'nld', email: 'me@example.test', tax_nr: '' })
    const nl = { id: expect.any(Number), short_name: 'NL', name: 'Netherlands', phonecode: '+31', is_eu_member: true }
    expect(made).toEqual({
      id: expect.any(Number),
      ...HOME,
      name: null,
      company_name: null,
      firstname: null,
      lastname: null,
      phone: null,
      email: 'me@example.test',
      tax_nr: null,
      registration_nr: null,
      access_code: null,
      country: nl,
    })
    const self = { self: true } as const
    const changed = await updateAddress({ ctx: person, input: { of: self, address_id: made.id, address: { city: 'Delft', email: null } } })
    expect(changed).toEqual({ ...made, city: 'Delft', email: null })
    expect(await listAddresses({ ctx: person, input: { of: self } })).toEqual([changed])
    expect(await deleteAddress({ ctx: person, input: { of: self, address_id: made.id } })).toEqual(changed)
    expect(await listAddresses({ ctx: person, input: { of: self } })).toEqual([])
  })

  it("never another's", async () => {
    const { id } = await add(await makeUser('mine'))
    const thief = await makeUser('thief')
    const input = { of: { self: true } as const, address_id: id }
    expect(await outcome(deleteAddress({ ctx: thief, input }))).toBe('not_found')
    expect(await outcome(updateAddress({ ctx: thief, input: { ...input, address: { city: 'X' } } }))).toBe('not_found')
    expect(await db().address.count({ where: { id } })).toBe(1)
  })
})

describe('a client and the addresses of people', () => {
  const ways: [string, (ctx: Ctx, sub: string, id: number) => Promise<unknown>][] = [
    ['list', (ctx, sub) => listAddresses({ ctx, input: { of: of(sub) } })],
    ['create', (ctx, sub) => createAddress({ ctx, input: { of: of(sub), address: HOME } })],
    ['update', (ctx, sub, id) => updateAddress({ ctx, input: { of: of(sub), address_id: id, address: { city: 'Delft' } } })],
    ['delete', (ctx, sub, id) => deleteAddress({ ctx, input: { of: of(sub), address_id: id } })],
  ]

  describe.each(ways)('%s', (_verb, run) => {
    const actors: [string, () => Ctx, string][] = [
      ['the client', () => client.ctx, 'ok'],
      ['the owner of the client', () => cast.owner, 'not_found'],
      ['a stranger', () => cast.stranger, 'not_found'],
      ['nobody', () => cast.nobody, 'unauthenticated'],
    ]
    it.each(actors)('by %s', async (_who, ctx, expected) => {
      const person = await makeUser('acted')
      const { id } = await add(person)
      expect(await outcome(run(ctx(), await connect(person, client), id))).toBe(expected)
    })

    it('wants the consent, and hears when it is taken back', async () => {
      const person = await makeUser('consent')
      const { id } = await add(person)
      expect(await outcome(run(client.ctx, subOf(person), id))).toBe('user_not_found')
      await connect(person, client, ['openid'])
      expect(await outcome(run(client.ctx, subOf(person), id))).toBe('consent_required')
      await connect(person, client)
      await takeBackConsent({ ctx: person, input: { clientId: client.id } })
      expect(await outcome(run(client.ctx, subOf(person), id))).toBe('consent_required')
    })
  })

  it('answers not_found for an address of another person', async () => {
    const sub = await connect(await makeUser('a'), client)
    const { id } = await add(await makeUser('b'))
    expect(await outcome(deleteAddress({ ctx: client.ctx, input: { of: of(sub), address_id: id } }))).toBe('not_found')
  })

  it('leaves an audit event in the client team, without what the address says', async () => {
    const sub = await connect(await makeUser('audited'), client)
    const { id } = await createAddress({ ctx: client.ctx, input: { of: of(sub), address: HOME } })
    await updateAddress({ ctx: client.ctx, input: { of: of(sub), address_id: id, address: { city: 'Delft' } } })
    const events = await db().auditEvent.findMany({ where: { targetType: 'address', targetId: String(id) }, orderBy: { at: 'asc' } })
    expect(events.map(({ action, teamId, actorClientId }) => [action, teamId, actorClientId])).toEqual([
      ['address.created', cast.teamId, client.id],
      ['address.updated', cast.teamId, client.id],
    ])
    expect(JSON.stringify(events)).not.toContain('Delft')
  })
})

describe('what an address must be', () => {
  const { country: _, ...noCountry } = HOME
  const wrong: [string, object, string, string][] = [
    ['no country', noCountry, 'address.country', 'Required'],
    ['a country of three unknown letters', { ...HOME, country: 'XXX' }, 'address.country', 'not an ISO 3166-1 code'],
    ['a country by name', { ...HOME, country: 'Netherlands' }, 'address.country', 'not an ISO 3166-1 code'],
    ['a reserved code', { ...HOME, country: 'XK' }, 'address.country', 'not an ISO 3166-1 code'],
    ['an empty street', { ...HOME, street: '  ' }, 'address.street', 'Required'],
    ['a NUL in the city', { ...HOME, city: 'a\0b' }, 'address.city', 'No control or invisible characters'],
    ['a number as city', { ...HOME, city: 5 }, 'address.city', 'Invalid input: expected string, received number'],
    ['an unknown type', { ...HOME, type: 'home' }, 'address.type', 'one of standard, billing, business, contract, mailing, shipping'],
    ['no email address', { ...HOME, email: 'nope' }, 'address.email', 'not an email address'],
  ]
  it.each(wrong)('refuses %s', async (_what, address, path, message) => {
    const error = await add(cast.viewer, address as AddressInput).catch((error: unknown) => error)
    if (!isAppError(error)) throw error
    expect(error.code).toBe('validation_failed')
    expect(error.fields[0]).toMatchObject({ path, message })
  })

  it('keeps a person to 100 of them, also side by side', async () => {
    const person = await makeUser('many')
    const row = { userId: person.userId, type: 'standard', street: 'S', postalCode: '1', city: 'C', country: 'NL' }
    await db().address.createMany({ data: Array.from({ length: 98 }, () => row) })
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => outcome(add(person))))
    expect(outcomes.sort()).toEqual(['limit_reached', 'limit_reached', 'limit_reached', 'limit_reached', 'ok', 'ok'])
  })
})
