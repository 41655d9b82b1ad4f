import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSecret, disableClient, enableClient } from '#lib/clients/index.ts'
import { connect, makeApiClient, subOf, type TestClient } from '#lib/connections/testing.ts'
import { type Ctx, systemContext } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { setDomain } from '#lib/domains/index.ts'
import { takeBackConsent } from '#lib/grants/index.ts'
import { authorizeUrl, loggedIn, pkce, post as postForm, startTestProvider, type TestProvider } from '#lib/oidc/testing.ts'
import { answerSignRequest } from '#lib/sign-tokens/index.ts'
import { type Cast, makeCast, makeUser } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { ENDPOINTS } from './endpoints/index.ts'
import { type Answer, ask, credentials, startTestApi, type TestApi } from './testing.ts'

// "XWMS endpoints" of the contract, each with header credentials and with access tokens.

const BACK = 'https://app.example.com/back'
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
  client = await liveClient()
  person = await makeUser('Ada Lovelace')
  sub = await connect(person, client)
})
afterAll(() => Promise.all([api.close(), provider.close()]))

/** A client with one verified live domain and a live secret. */
async function liveClient(options: { scopes?: string[] } = {}): Promise<TestClient> {
  const made = await makeApiClient(cast.teamId, { mode: 'live', redirectUris: [BACK, `${BACK}?shop=1`], ...options })
  const secret = await createSecret({ ctx: systemContext('test'), input: { clientId: made.id, mode: 'live' } })
  return { ...made, secret: secret.value }
}

/** Calls with header credentials; what comes back must be as the document says. */
async function call(path: string, body?: unknown, using: Record<string, string> = credentials(client)): Promise<Answer> {
  const answer = await ask(api.origin, `/api/${path}`, { headers: using, body })
  const [name] = path.split('?', 1)
  const endpoint = ENDPOINTS.find((entry) => entry.path === `/${name}`)
  if (answer.status === 200 && endpoint) expect(endpoint.data.strict().safeParse(answer.body.data).error).toBeUndefined()
  return answer
}

function outcome({ status, body }: Answer): [number, string] {
  return [status, body.error?.code ?? body.status]
}

async function userToken(who: Ctx, using = client, scope = 'openid profile email'): Promise<string> {
  const { browser } = await loggedIn(who)
  const { verifier, challenge } = pkce()
  const url = authorizeUrl(provider.origin, { client_id: using.id, redirect_uri: BACK, scope, code_challenge: challenge })
  const { location } = await browser.go(url, provider.origin)
  const form = { grant_type: 'authorization_code', code: location?.searchParams.get('code') ?? '', code_verifier: verifier, redirect_uri: BACK }
  const { body } = await postForm(provider.origin, '/oidc/token', form, using)
  return String(body.access_token)
}

async function clientToken(using = client): Promise<string> {
  return String((await postForm(provider.origin, '/oidc/token', { grant_type: 'client_credentials' }, using)).body.access_token)
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

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
    await db().project.create({ data: { title: 'One', link: 'https://one.example', publishedAt: past, categories: { create: { name: 'Tools' } } } })
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
    expect(outcome(await call('global/countries', {}, {}))).toEqual([401, 'credentials_missing'])
  })
})

describe('sign-token and sign-token-verify', () => {
  async function delivered(using: Record<string, string>): Promise<{ start: string; token: string; url: URL }> {
    const { body } = await call('sign-token', { redirect_url: BACK, state: 'st' }, using)
    const { location } = await answerSignRequest({ ctx: person, input: { token: body.data.token, answer: 'allow' } })
    const url = new URL(location)
    return { start: body.data.token, token: url.searchParams.get('token') ?? '', url }
  }

  it('log a person in', async () => {
    const started = await call('sign-token', { redirect_url: BACK, email: 'a@example.test' })
    expect(started.body.data).toMatchObject({ client_id: client.id, email: 'a@example.test', url: `${provider.origin}/sign/${started.body.data.token}` })
    const { start, token, url } = await delivered(credentials(client))
    expect(url.searchParams.get('state')).toBe('st')
    expect(outcome(await call('sign-token-verify', { token: start }))).toEqual([400, 'token_invalid'])
    const verified = await call('sign-token-verify', { token, redirect_url: 'https://sdk.example' })
    expect(verified.body.data).toMatchObject({ sub, name: 'Ada Lovelace', given_name: 'Ada', family_name: 'Lovelace', email: expect.any(String) })
    expect(outcome(await call('sign-token-verify', { token }))).toEqual([400, 'token_invalid'])
  })

  it('verify once of twenty at a time, over HTTP', async () => {
    const { token } = await delivered(credentials(client))
    const answers = await Promise.all(Array.from({ length: 20 }, () => call('sign-token-verify', { token })))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(19)
  })

  it('work with a client-credentials token as with headers', async () => {
    const using = bearer(await clientToken())
    const { token } = await delivered(using)
    expect((await call('sign-token-verify', { token }, using)).body.data.sub).toBe(sub)
  })

  it('refuse a token of another client and leave it usable', async () => {
    const { token } = await delivered(credentials(client))
    expect(outcome(await call('sign-token-verify', { token }, credentials(await liveClient())))).toEqual([400, 'token_invalid'])
    expect(outcome(await call('sign-token-verify', { token }))).toEqual([200, 'success'])
  })

  it.each([
    [{}, 'redirect_url', 'redirect_url: Required'],
    [{ redirect_url: 5 }, 'redirect_url', 'redirect_url: Invalid input: expected string, received number'],
    [{ redirect_url: `${BACK}/x` }, 'redirect_url', 'redirect_url: not a registered redirect URI of this domain'],
    [{ redirect_url: BACK, email: 'x' }, 'email', 'email: not an email address'],
    [{ redirect_url: BACK, state: 'a\nb' }, 'state', 'state: No control characters'],
  ])('refuse %j', async (body, path, message) => {
    const answer = await call('sign-token', body)
    expect([answer.status, answer.body.error.fields[0].path, answer.body.message]).toEqual([422, path, message])
  })

  it('are for log-in: a domain that does not allow it refuses both', async () => {
    const set = (allowLogin: boolean) => setDomain({ ctx: systemContext('test'), input: { clientId: client.id, host: client.host, allowLogin } })
    await set(false)
    expect(outcome(await call('sign-token', { redirect_url: BACK }))).toEqual([403, 'login_not_allowed'])
    expect(outcome(await call('sign-token-verify', { token: 'x' }))).toEqual([403, 'login_not_allowed'])
    expect(outcome(await call('v1/whoami'))).toEqual([200, 'success'])
    await set(true)
  })
})

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
    ["another client's user", async () => connect(await makeUser('theirs'), await liveClient()), [404, 'user_not_found']],
    ['what is no sub', async () => 'a\0b', [404, 'user_not_found']],
    ['a fraction', async () => 1.5, [404, 'user_not_found']],
    ['nothing', async () => undefined, [422, 'validation_failed']],
    ['true', async () => true, [422, 'validation_failed']],
    ['an object', async () => ({}), [422, 'validation_failed']],
  ])('for %s', async (_who, asked, expected) => {
    expect(outcome(await call('get/user/info', { sub: await asked() }))).toEqual(expected)
  })

  it('answers consent_required once the person took it back', async () => {
    const gone = await makeUser('gone')
    await connect(gone, client)
    await takeBackConsent({ ctx: gone, input: { clientId: client.id } })
    expect(outcome(await call('get/user/info', { sub: subOf(gone) }))).toEqual([403, 'consent_required'])
  })

  it('in test mode finds team members and test users only, whoever is connected', async () => {
    const test = await makeApiClient(cast.teamId)
    const guest = await connect(person, test)
    const member = await connect(cast.viewer, test)
    expect(outcome(await call('get/user/info', { sub: guest }, credentials(test)))).toEqual([404, 'user_not_found'])
    expect(outcome(await call('get/user/info', { sub: member }, credentials(test)))).toEqual([200, 'success'])
  })
})

describe('user/address and get/user/address', () => {
  it('list, create, update and delete', async () => {
    const made = await call('user/address', { sub: Number(sub), action: 'create', address: { ...HOME, unknown: 1 }, redirect_url: 'x' })
    const { address } = made.body.data
    expect(address).toMatchObject({ id: expect.any(Number), street: 'Dam', country: { short_name: 'NL', phonecode: '+31', is_eu_member: true } })
    const changed = await call('user/address', { sub, action: 'update', address_id: address.id, address: { city: 'Delft' } })
    expect(changed.body.data.address).toEqual({ ...address, city: 'Delft' })
    expect((await call('user/address', { sub, action: 'list' })).body.data.addresses).toEqual([changed.body.data.address])
    expect((await call('get/user/address', { sub })).body.data.addresses).toEqual([changed.body.data.address])
    expect(outcome(await call('user/address', { sub, action: 'delete', address_id: String(address.id) }))).toEqual([200, 'success'])
    expect((await call('get/user/address', { sub })).body.data.addresses).toEqual([])
    expect(outcome(await call('user/address', { sub, action: 'delete', address_id: address.id }))).toEqual([404, 'not_found'])
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
    const narrow = await liveClient({ scopes: ['openid'] })
    for (const path of ['user/address', 'get/user/address']) {
      expect(outcome(await call(path, { nonsense: true }, credentials(narrow)))).toEqual([403, 'scope_not_granted'])
      const wary = await makeUser('wary')
      await connect(wary, client, ['openid'])
      expect(outcome(await call(path, { sub: subOf(wary), action: 'list' }))).toEqual([403, 'consent_required'])
      expect(outcome(await call(path, { sub: '999999999999999', action: 'list' }))).toEqual([404, 'user_not_found'])
    }
  })
})

describe('GET v1/users', () => {
  it('lists who is connected to this client, and nobody else', async () => {
    const mine = await liveClient()
    await connect(await makeUser('one'), mine)
    const two = await makeUser('two')
    await connect(two, mine, ['openid', 'email'])
    const { data, meta } = (await call('v1/users?limit=1', undefined, credentials(mine))).body
    const [user] = data.users
    expect(user).toEqual({ sub: subOf(two), name: null, email: two.email, scopes: ['email', 'openid'], connected_at: expect.any(String), last_login_at: null })
    const next = (await call(`v1/users?limit=1&cursor=${meta.next_cursor}`, undefined, credentials(mine))).body
    expect([next.data.users.length, next.meta]).toEqual([1, { limit: 1, next_cursor: null }])
    expect(outcome(await call(`v1/users?cursor=${meta.next_cursor}`))).toEqual([422, 'validation_failed'])
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

describe('access tokens', () => {
  it("a person's reaches that person only, with its own scopes", async () => {
    const using = bearer(await userToken(person))
    expect((await call('v1/whoami', undefined, using)).body.data).toMatchObject({ mode: 'live', secret: null, domain: { host: 'app.example.com' } })
    const { user } = (await call('get/user/info', { sub }, using)).body.data
    expect(user).toMatchObject({ sub, name: 'Ada Lovelace', gender: null })
    expect((await call('v1/users', undefined, using)).body.data.users.map((row: { sub: string }) => row.sub)).toEqual([sub])
    const other = await connect(await makeUser('other'), client)
    expect(outcome(await call('get/user/info', { sub: other }, using))).toEqual([404, 'user_not_found'])
    expect(outcome(await call('get/user/address', { sub }, using))).toEqual([403, 'scope_not_granted'])
    const wide = bearer(await userToken(person, client, 'openid useraddresses'))
    expect(outcome(await call('get/user/address', { sub }, wide))).toEqual([200, 'success'])
  })

  it('client credentials act as the headers would', async () => {
    const using = bearer(await clientToken())
    expect((await call('v1/whoami', undefined, using)).body.data).toMatchObject({ mode: 'live', domain: { host: 'app.example.com' } })
    expect(outcome(await call('get/user/address', { sub }, using))).toEqual([200, 'success'])
    expect(outcome(await call('v1/whoami', undefined, { ...using, 'x-client-domain': 'evil.example' }))).toEqual([403, 'domain_not_allowed'])
  })

  it.each([
    ['short', 'x'],
    ['a scheme', 'Bearer'],
    ['two words', 'a b'],
    ['not ASCII', '%C3%A9'],
    ['very long', 'x'.repeat(600)],
  ])('401 invalid_token with WWW-Authenticate for one that is %s', async (_what, token) => {
    const answer = await call('v1/whoami', undefined, bearer(token))
    expect(outcome(answer)).toEqual([401, 'invalid_token'])
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer realm="xwms", error="invalid_token"/)
  })

  it('refuse other tokens of ours: a code, a refresh token, a secret', async () => {
    for (const token of [client.secret, client.id, sub]) expect(outcome(await call('v1/whoami', undefined, bearer(token)))).toEqual([401, 'invalid_token'])
  })

  it('400 credentials_malformed together with headers, or twice', async () => {
    const token = await clientToken()
    for (const name of ['x-client-id', 'x-client-secret']) {
      expect(outcome(await call('v1/whoami', undefined, { ...bearer(token), [name]: 'x' }))).toEqual([400, 'credentials_malformed'])
    }
    expect(outcome(await call('v1/whoami', undefined, { ...credentials(client), ...bearer('nonsense') }))).toEqual([400, 'credentials_malformed'])
    const twice = await ask(api.origin, '/api/v1/whoami', { headers: { authorization: [`Bearer ${token}`, `Bearer ${token}`] } })
    expect(outcome(twice)).toEqual([400, 'credentials_malformed'])
  })

  it('end with the consent, the person, and wait with the client', async () => {
    const mine = await liveClient()
    const someone = await makeUser('someone')
    await connect(someone, mine)
    const [users, machine] = [bearer(await userToken(someone, mine)), bearer(await clientToken(mine))]
    await disableClient({ ctx: cast.owner, input: { clientId: mine.id } })
    for (const using of [users, machine]) expect(outcome(await call('v1/whoami', undefined, using))).toEqual([403, 'client_disabled'])
    await enableClient({ ctx: cast.owner, input: { clientId: mine.id } })
    for (const using of [users, machine]) expect(outcome(await call('v1/whoami', undefined, using))).toEqual([200, 'success'])
    await takeBackConsent({ ctx: someone, input: { clientId: mine.id } })
    expect(outcome(await call('v1/whoami', undefined, users))).toEqual([401, 'invalid_token'])
  })

  it('lose a scope with the client, at once', async () => {
    const mine = await liveClient()
    await connect(person, mine)
    const using = bearer(await userToken(person, mine, 'openid useraddresses'))
    expect(outcome(await call('get/user/address', { sub }, using))).toEqual([200, 'success'])
    await db().clientScope.delete({ where: { clientId_scopeName: { clientId: mine.id, scopeName: 'useraddresses' } } })
    expect(outcome(await call('get/user/address', { sub }, using))).toEqual([403, 'scope_not_granted'])
  })
})
