import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { disableClient, enableClient } from '#lib/clients/index.ts'
import { connect, type TestClient } from '#lib/connections/testing.ts'
import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { takeBackConsent } from '#lib/grants/index.ts'
import { authorizeUrl, loggedIn, pkce, post as postForm, startTestProvider, type TestProvider } from '#lib/oidc/testing.ts'
import { type Cast, makeCast, makeUser } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { ENDPOINTS } from './endpoints/index.ts'
import { type Answer, ask, BACK, bearer, credentials, liveClient, outcomeOf, startTestApi, type TestApi } from './testing.ts'

// "OAuth tokens work too" of the contract.

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

async function userToken(who: Ctx, using = client, scope = 'openid profile email'): Promise<string> {
  const { browser } = await loggedIn(who)
  const { verifier, challenge } = pkce()
  const url = authorizeUrl(provider.origin, { client_id: using.id, redirect_uri: BACK, scope, code_challenge: challenge })
  const { location } = await browser.go(url, provider.origin)
  const form = {
    grant_type: 'authorization_code',
    code: location?.searchParams.get('code') ?? '',
    code_verifier: verifier,
    redirect_uri: BACK,
  }
  const { body } = await postForm(provider.origin, '/oidc/token', form, using)
  return String(body.access_token)
}

async function clientToken(using = client): Promise<string> {
  return String((await postForm(provider.origin, '/oidc/token', { grant_type: 'client_credentials' }, using)).body.access_token)
}

describe('access tokens', () => {
  it("a person's reaches that person only, with its own scopes", async () => {
    const using = bearer(await userToken(person))
    expect((await call('v1/whoami', undefined, using)).body.data).toMatchObject({
      mode: 'live',
      secret: null,
      domain: { host: 'app.example.com' },
    })
    const { user } = (await call('get/user/info', { sub }, using)).body.data
    expect(user).toMatchObject({ sub, name: 'Ada Lovelace', gender: null })
    expect((await call('v1/users', undefined, using)).body.data.users.map((row: { sub: string }) => row.sub)).toEqual([sub])
    const other = await connect(await makeUser('other'), client)
    expect(outcomeOf(await call('get/user/info', { sub: other }, using))).toEqual([404, 'user_not_found'])
    expect(outcomeOf(await call('get/user/address', { sub }, using))).toEqual([403, 'scope_not_granted'])
    const wide = bearer(await userToken(person, client, 'openid useraddresses'))
    expect(outcomeOf(await call('get/user/address', { sub }, wide))).toEqual([200, 'success'])
  })

  it('client credentials act as the headers would', async () => {
    const using = bearer(await clientToken())
    expect((await call('v1/whoami', undefined, using)).body.data).toMatchObject({ mode: 'live', domain: { host: 'app.example.com' } })
    expect(outcomeOf(await call('get/user/address', { sub }, using))).toEqual([200, 'success'])
    expect(outcomeOf(await call('v1/whoami', undefined, { ...using, 'x-client-domain': 'evil.example' }))).toEqual([
      403,
      'domain_not_allowed',
    ])
  })

  it.each([
    ['short', 'x'],
    ['a scheme', 'Bearer'],
    ['two words', 'a b'],
    ['not ASCII', '%C3%A9'],
    ['very long', 'x'.repeat(600)],
  ])('401 invalid_token with WWW-Authenticate for one that is %s', async (_what, token) => {
    const answer = await call('v1/whoami', undefined, bearer(token))
    expect(outcomeOf(answer)).toEqual([401, 'invalid_token'])
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer realm="xwms", error="invalid_token"/)
  })

  it('refuse other tokens of ours: a code, a refresh token, a secret', async () => {
    for (const token of [client.secret, client.id, sub])
      expect(outcomeOf(await call('v1/whoami', undefined, bearer(token)))).toEqual([401, 'invalid_token'])
  })

  it('400 credentials_malformed together with headers, or twice', async () => {
    const token = await clientToken()
    for (const name of ['x-client-id', 'x-client-secret']) {
      expect(outcomeOf(await call('v1/whoami', undefined, { ...bearer(token), [name]: 'x' }))).toEqual([400, 'credentials_malformed'])
    }
    expect(outcomeOf(await call('v1/whoami', undefined, { ...credentials(client), ...bearer('nonsense') }))).toEqual([
      400,
      'credentials_malformed',
    ])
    const twice = await ask(api.origin, '/api/v1/whoami', { headers: { authorization: [`Bearer ${token}`, `Bearer ${token}`] } })
    expect(outcomeOf(twice)).toEqual([400, 'credentials_malformed'])
  })

  it('end with the consent, the person, and wait with the client', async () => {
    const mine = await liveClient(cast.teamId)
    const someone = await makeUser('someone')
    await connect(someone, mine)
    const [users, machine] = [bearer(await userToken(someone, mine)), bearer(await clientToken(mine))]
    await disableClient({ ctx: cast.owner, input: { clientId: mine.id } })
    for (const using of [users, machine]) expect(outcomeOf(await call('v1/whoami', undefined, using))).toEqual([403, 'client_disabled'])
    await enableClient({ ctx: cast.owner, input: { clientId: mine.id } })
    for (const using of [users, machine]) expect(outcomeOf(await call('v1/whoami', undefined, using))).toEqual([200, 'success'])
    await takeBackConsent({ ctx: someone, input: { clientId: mine.id } })
    expect(outcomeOf(await call('v1/whoami', undefined, users))).toEqual([401, 'invalid_token'])
  })

  it('lose a scope with the client, at once', async () => {
    const mine = await liveClient(cast.teamId)
    await connect(person, mine)
    const using = bearer(await userToken(person, mine, 'openid useraddresses'))
    expect(outcomeOf(await call('get/user/address', { sub }, using))).toEqual([200, 'success'])
    await db().clientScope.delete({ where: { clientId_scopeName: { clientId: mine.id, scopeName: 'useraddresses' } } })
    expect(outcomeOf(await call('get/user/address', { sub }, using))).toEqual([403, 'scope_not_granted'])
  })
})
