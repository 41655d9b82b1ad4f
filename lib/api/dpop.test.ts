import { createHash, randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { setProtocol } from '#lib/clients/index.ts'
import type { TestClient } from '#lib/connections/testing.ts'
import { systemContext } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { makeKey, post, proof, startTestProvider, type TestKey, type TestProvider } from '#lib/oidc/testing.ts'
import { type Cast, makeCast } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { ask, bearer, liveClient, outcomeOf, startTestApi, type TestApi } from './testing.ts'

const database = useTestDatabase()
let provider: TestProvider
let api: TestApi
let cast: Cast
let client: TestClient
let key: TestKey
let token: string

beforeAll(async () => {
  provider = await startTestProvider(database.url())
  api = await startTestApi(provider.origin)
  cast = await makeCast()
  await db().team.updateMany({ data: { planKey: 'enterprise' } })
  client = await liveClient(cast.teamId)
  key = await makeKey()
  token = await tokenFor(key)
  return () => Promise.all([api.close(), provider.close()])
})

async function tokenFor(bound: TestKey | null, nonce?: string): Promise<string> {
  const dpop = bound && (await proof(bound, 'POST', `${provider.origin}/oidc/token`, nonce ? { nonce } : {}))
  const answer = await post(provider.origin, '/oidc/token', { grant_type: 'client_credentials' }, client, dpop ? { dpop } : {})
  const wanted = answer.headers.get('dpop-nonce')
  return answer.status === 400 && wanted && !nonce ? tokenFor(bound, wanted) : String(answer.body.access_token)
}

const ath = (value: string) => createHash('sha256').update(value).digest('base64url')
const whoami = () => `${provider.origin}/api/v1/whoami`
const make = (claims = {}, using = key, header = {}) => proof(using, 'GET', whoami(), { ath: ath(token), ...claims }, header)
const call = (dpop: string | string[] | undefined, value = token) =>
  ask(api.origin, '/api/v1/whoami', { headers: { authorization: `DPoP ${value}`, ...(dpop ? { dpop } : {}) } })
const challengeOf = ({ headers }: Awaited<ReturnType<typeof call>>) => String(headers['www-authenticate'])

describe('access tokens that are bound to a key (RFC 9449)', () => {
  it('pass with a proof of it, on any address of the API, with or without a query', async () => {
    const answer = await call(await make())
    expect(outcomeOf(answer)).toEqual([200, 'success'])
    expect(answer.body.data).toMatchObject({ client: { id: client.id }, mode: 'live' })
    const dpop = await proof(key, 'GET', `${provider.origin}/api/v1/users?limit=1#x`, { ath: ath(token) })
    const users = await ask(api.origin, '/api/v1/users?limit=2', { headers: { authorization: `dpop ${token}`, dpop } })
    expect(outcomeOf(users)).toEqual([200, 'success'])
  })

  it('are nothing as bearers, and a bearer is nothing with a proof', async () => {
    expect(outcomeOf(await ask(api.origin, '/api/v1/whoami', { headers: bearer(token) }))).toEqual([401, 'invalid_token'])
    const plain = await tokenFor(null)
    const dpop = await make({ ath: ath(plain) })
    expect(outcomeOf(await call(dpop, plain))).toEqual([401, 'invalid_token'])
  })

  it('pass once of twenty parallel uses of one proof, and never again', async () => {
    const dpop = await make()
    const answers = await Promise.all(Array.from({ length: 20 }, () => call(dpop)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(19)
    expect(challengeOf(await call(dpop))).toContain('used before')
  })

  it('are refused with a proof of another place, method, token, key or time, or in another form', async () => {
    const stranger = await makeKey()
    const privateKey = { ...key.jwk, d: 'AAAA' }
    const now = Math.floor(Date.now() / 1000)
    const bad: [string, string | string[] | undefined][] = [
      ['no proof', undefined],
      ['two proofs', [await make(), await make()]],
      ['another method', await make({ htm: 'POST' })],
      ['another place', await make({ htu: `${provider.origin}/api/v1/users` })],
      ['another host', await make({ htu: 'https://evil.example/api/v1/whoami' })],
      ['no place', await make({ htu: undefined })],
      ['an odd place', await make({ htu: { a: 1 } })],
      ['another token', await make({ ath: ath('another') })],
      ['no token', await make({ ath: undefined })],
      ['another key', await make({}, stranger)],
      ['a foreign key with ours shown', await make({}, stranger, { jwk: key.jwk })],
      ['a private key shown', await make({}, key, { jwk: privateKey })],
      ['no key shown', await make({}, key, { jwk: undefined })],
      ['another type', await make({}, key, { typ: 'JWT' })],
      ['no id', await make({ jti: undefined })],
      ['an odd id', await make({ jti: { a: 1 } })],
      ['no time', await make({ iat: undefined })],
      ['expired', await make({ exp: now - 400 })],
      ['nonsense', 'a.b.c'],
      ['not a JWT', 'xx'],
    ]
    for (const [name, dpop] of bad) {
      const answer = await call(dpop)
      expect([name, ...outcomeOf(answer)]).toEqual([name, 401, 'invalid_token'])
      expect([name, challengeOf(answer)]).toEqual([name, expect.stringMatching(/^DPoP .*error="invalid_dpop_proof".*algs="/)])
    }
    const none = `${Buffer.from(JSON.stringify({ alg: 'none', typ: 'dpop+jwt', jwk: key.jwk })).toString('base64url')}.${Buffer.from(JSON.stringify({ jti: randomUUID() })).toString('base64url')}.`
    expect(outcomeOf(await call(none))).toEqual([401, 'invalid_token'])
  })

  it('take a nonce where clocks differ, and want one where the client is held to it', async () => {
    const old = { iat: Math.floor(Date.now() / 1000) - 3_600 }
    const asked = await call(await make(old))
    expect(challengeOf(asked)).toContain('error="use_dpop_nonce"')
    const nonce = String(asked.headers['dpop-nonce'])
    expect(outcomeOf(await call(await make({ ...old, nonce })))).toEqual([200, 'success'])
    expect(challengeOf(await call(await make({ nonce: 'made-up' })))).toContain('use_dpop_nonce')
    await setProtocol({ ctx: systemContext('test'), input: { clientId: client.id, requireDpop: true } })
    expect(challengeOf(await call(await make()))).toContain('use_dpop_nonce')
    expect(outcomeOf(await call(await make({ nonce })))).toEqual([200, 'success'])
    await setProtocol({ ctx: systemContext('test'), input: { clientId: client.id, requireDpop: false } })
  })

  it('come alone: not beside the three headers', async () => {
    const headers = { authorization: `DPoP ${token}`, dpop: await make(), 'x-client-id': client.id, 'x-client-secret': client.secret }
    expect(outcomeOf(await ask(api.origin, '/api/v1/whoami', { headers }))).toEqual([400, 'credentials_malformed'])
  })
})
