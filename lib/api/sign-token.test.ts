import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect, type TestClient } from '#lib/connections/testing.ts'
import { type Ctx, systemContext } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { setDomain } from '#lib/domains/index.ts'
import { post as postForm, startTestProvider, type TestProvider } from '#lib/oidc/testing.ts'
import { answerSignRequest } from '#lib/sign-tokens/index.ts'
import { type Cast, makeCast, makeUser } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { ENDPOINTS } from './endpoints/index.ts'
import { type Answer, ask, BACK, bearer, credentials, liveClient, outcomeOf, startTestApi, type TestApi } from './testing.ts'

// "XWMS endpoints" of the contract: logging a person in.

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

async function clientToken(using = client): Promise<string> {
  return String((await postForm(provider.origin, '/oidc/token', { grant_type: 'client_credentials' }, using)).body.access_token)
}

describe('sign-token and sign-token-verify', () => {
  async function delivered(using: Record<string, string>): Promise<{ start: string; token: string; url: URL }> {
    const { body } = await call('sign-token', { redirect_url: BACK, state: 'st' }, using)
    const { location } = await answerSignRequest({ ctx: person, input: { token: body.data.token, answer: 'allow' } })
    const url = new URL(location)
    return { start: body.data.token, token: url.searchParams.get('token') ?? '', url }
  }

  it('log a person in', async () => {
    const started = await call('sign-token', { redirect_url: BACK, email: 'a@example.test' })
    expect(started.body.data).toMatchObject({
      client_id: client.id,
      email: 'a@example.test',
      url: `${provider.origin}/sign/${started.body.data.token}`,
    })
    const { start, token, url } = await delivered(credentials(client))
    expect(url.searchParams.get('state')).toBe('st')
    expect(outcomeOf(await call('sign-token-verify', { token: start }))).toEqual([400, 'token_invalid'])
    const verified = await call('sign-token-verify', { token, redirect_url: 'https://sdk.example' })
    expect(verified.body.data).toMatchObject({
      sub,
      name: 'Ada Lovelace',
      given_name: 'Ada',
      family_name: 'Lovelace',
      email: expect.any(String),
    })
    expect(outcomeOf(await call('sign-token-verify', { token }))).toEqual([400, 'token_invalid'])
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
    expect(outcomeOf(await call('sign-token-verify', { token }, credentials(await liveClient(cast.teamId))))).toEqual([
      400,
      'token_invalid',
    ])
    expect(outcomeOf(await call('sign-token-verify', { token }))).toEqual([200, 'success'])
  })

  it.each([
    [{}, 'redirect_url', 'redirect_url: Required'],
    [{ redirect_url: 5 }, 'redirect_url', 'redirect_url: Invalid input: expected string, received number'],
    [{ redirect_url: `${BACK}/x` }, 'redirect_url', 'redirect_url: not a registered redirect URI of this domain'],
    [{ redirect_url: BACK, email: 'x' }, 'email', 'email: not an email address'],
    [{ redirect_url: BACK, state: 'a\nb' }, 'state', 'state: No control characters'],
    [{ redirect_url: BACK, state: 'a\ud800' }, 'state', 'state: No control characters'],
  ])('refuse %j', async (body, path, message) => {
    const answer = await call('sign-token', body)
    expect([answer.status, answer.body.error.fields[0].path, answer.body.message]).toEqual([422, path, message])
  })

  it('are for log-in: a domain that does not allow it refuses both', async () => {
    const set = (allowLogin: boolean) =>
      setDomain({ ctx: systemContext('test'), input: { clientId: client.id, host: client.host, allowLogin } })
    await set(false)
    expect(outcomeOf(await call('sign-token', { redirect_url: BACK }))).toEqual([403, 'login_not_allowed'])
    expect(outcomeOf(await call('sign-token-verify', { token: 'x' }))).toEqual([403, 'login_not_allowed'])
    expect(outcomeOf(await call('v1/whoami'))).toEqual([200, 'success'])
    await set(true)
  })
})
