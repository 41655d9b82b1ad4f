import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect, makeApiClient, subOf, type TestClient } from '#lib/connections/testing.ts'
import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { takeBackConsent } from '#lib/grants/index.ts'
import { startTestProvider, type TestProvider } from '#lib/oidc/testing.ts'
import { type Cast, makeCast, makeUser } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { ENDPOINTS } from './endpoints/index.ts'
import { type Answer, ask, credentials, liveClient, outcomeOf, startTestApi, type TestApi } from './testing.ts'

// "XWMS endpoints" of the contract: what is about one person.

const HOME = { type: 'standard', street: 'Dam', city: 'Amsterdam', postal_code: '1012 JS', country: 'NLD' }

const database = useTestDatabase()
let provider: TestProvider
let api: TestApi
let cast: Cast
let client: TestClient
let person: Ctx
let sub: string

beforeAll(async () => {
  provider = await startTestProvider(database.url())
  api = await startTestApi(provider.origin)
  cast = await makeCast()
  await db().team.updateMany({ data: { planKey: 'enterprise' } })
  client = await liveClient(cast.teamId)
  person = await makeUser('Ada Lovelace')
  sub = await connect(person, client)
})
afterAll(() => Promise.all([api.close(), provider.close()]))

/** Calls with header credentials; what comes back must be as the document says. */
async function call(path: string, body?: unknown, using: Record<string, string> = credentials(client)): Promise<Answer> {
  const answer = await ask(api.origin, `/api/${path}`, { headers: using, body })
  const [name] = path.split('?', 1)
  const endpoint = ENDPOINTS.find((entry) => entry.path === `/${name}`)
  if (answer.status === 200 && endpoint) expect(endpoint.data.strict().safeParse(answer.body.data).error).toBeUndefined()
  return answer
}

describe('POST get/user/info', () => {
  it('takes sub as a string and as a number, and answers it as a string', async () => {
    for (const asked of [sub, Number(sub)]) {
      const { user } = (await call('get/user/info', { sub: asked })).body.data
      expect(user).toMatchObject({ sub, name: 'Ada Lovelace', email_verified: false, country: null, socials: [] })
    }
  })

  it.each([
    ['nobody', async () => '999999999999999', [404, 'user_not_found']],
    ['someone who never connected', async () => subOf(await makeUser('never')), [404, 'user_not_found']],
    ["another client's user", async () => connect(await makeUser('theirs'), await liveClient(cast.teamId)), [404, 'user_not_found']],
    ['what is no sub', async () => 'a\0b', [404, 'user_not_found']],
    ['a fraction', async () => 1.5, [404, 'user_not_found']],
    ['nothing', async () => undefined, [422, 'validation_failed']],
    ['true', async () => true, [422, 'validation_failed']],
    ['an object', async () => ({}), [422, 'validation_failed']],
  ])('for %s', async (_who, asked, expected) => {
    expect(outcomeOf(await call('get/user/info', { sub: await asked() }))).toEqual(expected)
  })

  it('answers consent_required once the person took it back', async () => {
    const gone = await makeUser('gone')
    await connect(gone, client)
    await takeBackConsent({ ctx: gone, input: { clientId: client.id } })
    expect(outcomeOf(await call('get/user/info', { sub: subOf(gone) }))).toEqual([403, 'consent_required'])
  })

  it('in test mode finds team members and test users only, whoever is connected', async () => {
    const test = await makeApiClient(cast.teamId)
    const guest = await connect(person, test)
    const member = await connect(cast.viewer, test)
    expect(outcomeOf(await call('get/user/info', { sub: guest }, credentials(test)))).toEqual([404, 'user_not_found'])
    expect(outcomeOf(await call('get/user/info', { sub: member }, credentials(test)))).toEqual([200, 'success'])
  })
})

describe('user/address and get/user/address', () => {
  it('list, create, update and delete', async () => {
    const made = await call('user/address', { sub: Number(sub), action: 'create', address: { ...HOME, unknown: 1 }, redirect_url: 'x' })
    const { address } = made.body.data
    expect(address).toMatchObject({
      id: expect.any(Number),
      street: 'Dam',
      country: { short_name: 'NL', phonecode: '+31', is_eu_member: true },
    })
    const changed = await call('user/address', { sub, action: 'update', address_id: address.id, address: { city: 'Delft' } })
    expect(changed.body.data.address).toEqual({ ...address, city: 'Delft' })
    expect((await call('user/address', { sub, action: 'list' })).body.data.addresses).toEqual([changed.body.data.address])
    expect((await call('get/user/address', { sub })).body.data.addresses).toEqual([changed.body.data.address])
    expect(outcomeOf(await call('user/address', { sub, action: 'delete', address_id: String(address.id) }))).toEqual([200, 'success'])
    expect((await call('get/user/address', { sub })).body.data.addresses).toEqual([])
    expect(outcomeOf(await call('user/address', { sub, action: 'delete', address_id: address.id }))).toEqual([404, 'not_found'])
  })

  it.each([
    [{ sub: '1' }, 'action: Required'],
    [{ sub: '1', action: 'steal' }, 'action: one of list, create, update, delete'],
    [{ action: 'list' }, 'sub: Required'],
    [{ sub: '1', action: 'create' }, 'address: Required'],
    [{ sub: '1', action: 'update', address: {} }, 'address_id: Required'],
    [{ sub: '1', action: 'delete', address_id: -1 }, 'address_id: must be the number of an address'],
    [{ sub: '1', action: 'delete', address_id: 2 ** 60 }, 'address_id: must be the number of an address'],
  ])('refuse %j', async (body, message) => {
    const answer = await call('user/address', body)
    expect([answer.status, answer.body.message]).toEqual([422, message])
  })

  it('say which country code is none', async () => {
    const { body } = await call('user/address', { sub, action: 'create', address: { ...HOME, country: 'ZZ' } })
    expect(body).toMatchObject({ message: 'country: not an ISO 3166-1 code', error: { fields: [{ path: 'address.country' }] } })
  })

  it('want the scope of the client first, then the consent, then what was sent', async () => {
    const narrow = await liveClient(cast.teamId, { scopes: ['openid'] })
    for (const path of ['user/address', 'get/user/address']) {
      expect(outcomeOf(await call(path, { nonsense: true }, credentials(narrow)))).toEqual([403, 'scope_not_granted'])
      const wary = await makeUser('wary')
      await connect(wary, client, ['openid'])
      expect(outcomeOf(await call(path, { sub: subOf(wary), action: 'list' }))).toEqual([403, 'consent_required'])
      expect(outcomeOf(await call(path, { sub: '999999999999999', action: 'list' }))).toEqual([404, 'user_not_found'])
    }
  })
})
