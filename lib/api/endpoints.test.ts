import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect, subOf, type TestClient } from '#lib/connections/testing.ts'
import { db } from '#lib/db.ts'
import { startTestProvider, type TestProvider } from '#lib/oidc/testing.ts'
import { type Cast, makeCast, makeUser } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { ENDPOINTS } from './endpoints/index.ts'
import { type Answer, ask, credentials, liveClient, outcomeOf, startTestApi, type TestApi } from './testing.ts'

// "XWMS endpoints" of the contract: what is about the installation and the client.

const database = useTestDatabase()
let provider: TestProvider
let api: TestApi
let cast: Cast
let client: TestClient

beforeAll(async () => {
  provider = await startTestProvider(database.url())
  api = await startTestApi(provider.origin)
  cast = await makeCast()
  await db().team.updateMany({ data: { planKey: 'enterprise' } })
  client = await liveClient(cast.teamId)
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

describe('GET info', () => {
  it('says what this is, to anyone', async () => {
    const { body } = await call('info', undefined, { 'user-agent': 'test', 'accept-language': 'nl' })
    expect(body.data.application).toMatchObject({ name: 'XWMS', locale: 'nl', timezone: 'UTC' })
    expect(body.data.client).toEqual({ ip: '127.0.0.1', user_agent: 'test' })
    expect(body.data.api.endpoints.whoami).toBe(`${provider.origin}/api/v1/whoami`)
  })
})

describe('GET global/projects', () => {
  it('lists what is published by now', async () => {
    expect((await call('global/projects', undefined, {})).body.data).toEqual({ projects: [] })
    const past = new Date('2026-01-02T03:04:05.000Z')
    await db().project.create({
      data: { title: 'One', link: 'https://one.example', publishedAt: past, categories: { create: { name: 'Tools' } } },
    })
    await db().project.createMany({ data: [{ title: 'Draft' }, { title: 'Later', publishedAt: new Date(Date.now() + 60_000) }] })
    const { projects } = (await call('global/projects', undefined, {})).body.data
    const categories = [{ id: expect.any(Number), name: 'Tools' }]
    const one = { id: expect.any(Number), title: 'One', description: '', image: null, link: 'https://one.example', is_new: false }
    expect(projects).toEqual([{ ...one, direct_redirect: false, published_at: past.toISOString(), categories }])
  })
})

describe('POST global/countries', () => {
  it('lists all of ISO 3166-1', async () => {
    const { countries } = (await call('global/countries', {})).body.data
    expect(countries).toHaveLength(249)
    expect(countries.find((country: { short_name: string }) => country.short_name === 'NL')).toEqual({
      id: expect.any(Number),
      short_name: 'NL',
      name: 'Netherlands',
      phonecode: '+31',
      is_eu_member: true,
      capital: 'Amsterdam',
      iso_alpha3: 'NLD',
      region: 'Europe',
      timezone: 'Europe/Amsterdam',
      currency_code: 'EUR',
    })
  })

  it('is behind the gate', async () => {
    expect(outcomeOf(await call('global/countries', {}, {}))).toEqual([401, 'credentials_missing'])
  })
})

describe('GET v1/users', () => {
  it('lists who is connected to this client, and nobody else', async () => {
    const mine = await liveClient(cast.teamId)
    await connect(await makeUser('one'), mine)
    const two = await makeUser('two')
    await connect(two, mine, ['openid', 'email'])
    const { data, meta } = (await call('v1/users?limit=1', undefined, credentials(mine))).body
    const [user] = data.users
    expect(user).toEqual({
      sub: subOf(two),
      name: null,
      email: two.email,
      scopes: ['email', 'openid'],
      connected_at: expect.any(String),
      last_login_at: null,
    })
    const next = (await call(`v1/users?limit=1&cursor=${meta.next_cursor}`, undefined, credentials(mine))).body
    expect([next.data.users.length, next.meta]).toEqual([1, { limit: 1, next_cursor: null }])
    expect(outcomeOf(await call(`v1/users?cursor=${meta.next_cursor}`))).toEqual([422, 'validation_failed'])
  })
})

describe('GET v1/whoami', () => {
  it('says what the gate resolved', async () => {
    const { body, headers } = await call('v1/whoami')
    expect(body.data).toEqual({
      client: { id: client.id, name: 'Shop' },
      domain: { id: client.domainId, host: 'app.example.com' },
      mode: 'live',
      secret: { id: expect.stringMatching(/^sec_/), label: null, hint: client.secret.slice(-4) },
      plan: { name: 'Enterprise', per_minute: expect.any(Number), per_month: expect.any(Number) },
      request_id: headers['x-request-id'],
    })
    expect(headers).toHaveProperty('ratelimit')
    expect(headers).toHaveProperty('ratelimit-policy')
    expect(headers).toHaveProperty('x-ratelimit-remaining')
  })

  it('takes the id of the domain as well', async () => {
    const answer = await call('v1/whoami', undefined, { ...credentials(client), 'x-client-domain': client.domainId })
    expect(answer.body.data.domain.host).toBe('app.example.com')
  })
})
