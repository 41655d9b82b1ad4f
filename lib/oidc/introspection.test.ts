import { describe, expect, it } from 'vitest'
import { setIntrospectors } from '#lib/clients/index.ts'
import { systemContext } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { post } from './testing.ts'
import {
  CALLBACK,
  client,
  getCode,
  makeClient,
  owner,
  provider,
  refresh,
  type TestClient,
  tokens,
  useFlow,
  userinfo,
} from './testing-flow.ts'

useFlow()

const ctx = systemContext('test')
const ask = async (token: string, using: TestClient, hint?: string) =>
  (await post(provider.origin, '/oidc/token/introspection', { token, ...(hint ? { token_type_hint: hint } : {}) }, using)).body as Record<
    string,
    unknown
  >
const revoke = (token: string, using?: TestClient, extra: Record<string, string> = {}) =>
  post(provider.origin, '/oidc/token/revocation', { token, ...extra }, using)

async function publicClient(): Promise<TestClient> {
  const app = await makeClient(client.teamId)
  await db().client.update({ where: { id: app.id }, data: { type: 'public', tokenEndpointAuthMethod: 'none', applicationType: 'spa' } })
  return app
}

describe('introspection (RFC 7662)', () => {
  it('tells the owner of a token, the resource server that it named, and nobody else', async () => {
    const [server, stranger] = [await makeClient(client.teamId), await makeClient(client.teamId)]
    const { access, refresh: token } = await tokens()
    await setIntrospectors({ ctx, input: { clientId: client.id, partnerIds: [server.id] } })
    const expected = {
      active: true,
      client_id: client.id,
      token_type: 'Bearer',
      sub: (owner.actor as { sub: string }).sub,
      iss: `${provider.origin}/oidc`,
    }
    for (const hint of [undefined, 'access_token', 'refresh_token', 'odd']) expect(await ask(access, client, hint)).toMatchObject(expected)
    expect(await ask(access, server)).toMatchObject(expected)
    expect(await ask(token, server)).toMatchObject({ active: true, client_id: client.id })
    expect(await ask(access, stranger)).toEqual({ active: false })
    expect(await ask(token, stranger)).toEqual({ active: false })
    // Being named is not mutual.
    expect(await ask((await tokens(owner, server)).access, client)).toEqual({ active: false })

    await setIntrospectors({ ctx, input: { clientId: client.id, partnerIds: [] } })
    expect(await ask(access, server)).toEqual({ active: false })
  })

  it('tells of what ended, was never, or has a suspended owner that it is not active', async () => {
    const app = await makeClient(client.teamId)
    const server = await makeClient(client.teamId)
    await setIntrospectors({ ctx, input: { clientId: app.id, partnerIds: [server.id] } })
    const { access } = await tokens(owner, app)
    for (const nonsense of ['x', 'a b', '\u0000', 'x'.repeat(10_000)]) expect(await ask(nonsense, client)).toEqual({ active: false })
    await db().client.update({ where: { id: app.id }, data: { status: 'disabled' } })
    expect(await ask(access, server)).toEqual({ active: false })
    await db().client.update({ where: { id: app.id }, data: { status: 'active' } })
    expect(await ask(access, server)).toMatchObject({ active: true })
  })

  it('needs a proven client', async () => {
    const { access } = await tokens()
    expect((await post(provider.origin, '/oidc/token/introspection', { token: access })).status).toBe(400)
    expect((await post(provider.origin, '/oidc/token/introspection', { token: access, client_id: client.id })).status).toBe(401)
  })
})

describe('revocation (RFC 7009)', () => {
  it('of a refresh token ends its family; of an access token as well', async () => {
    const a = await tokens()
    expect((await revoke(a.refresh, client)).status).toBe(200)
    expect([await userinfo(a.access), (await refresh(a.refresh)).body.error]).toEqual([401, 'invalid_grant'])
    const b = await tokens()
    expect((await revoke(b.access, client, { token_type_hint: 'access_token' })).status).toBe(200)
    expect(await userinfo(b.access)).toBe(401)
  })

  it('by another client changes nothing, and says nothing', async () => {
    const other = await makeClient(client.teamId)
    const { access, refresh: token } = await tokens()
    for (const value of [access, token, 'unknown']) {
      const { status, body } = await revoke(value, other)
      expect([status, body]).toEqual([200, {}])
    }
    expect([await userinfo(access), (await refresh(token)).status]).toEqual([200, 200])
  })

  it('works for public clients, with their own tokens only', async () => {
    const [app, other] = [await publicClient(), await publicClient()]
    const { code, verifier } = await getCode(owner, app)
    const form = { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: CALLBACK, client_id: app.id }
    const answer = await post(provider.origin, '/oidc/token', form)
    expect(answer.status).toBe(200)
    const access = String(answer.body.access_token)
    expect((await revoke(access, undefined, { client_id: other.id })).status).toBe(200)
    expect(await userinfo(access)).toBe(200)
    expect((await revoke(access, undefined, { client_id: app.id })).status).toBe(200)
    expect(await userinfo(access)).toBe(401)
  })

  it('answers in JSON: libraries such as oidc-client-ts and simple-oauth2 take nothing else from an OAuth endpoint', async () => {
    const known = (await tokens()).refresh
    for (const token of [known, 'unknown']) {
      const body = new URLSearchParams({ token, client_id: client.id, client_secret: client.secret })
      const response = await fetch(`${provider.origin}/oidc/token/revocation`, { method: 'POST', body })
      expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
        200,
        'application/json; charset=utf-8',
        '{}',
      ])
    }
  })

  it('refuses a request without a token or a client in the protocol’s form', async () => {
    expect((await post(provider.origin, '/oidc/token/revocation', {}, client)).body.error).toBe('invalid_request')
    expect((await revoke('x')).body.error).toBe('invalid_request')
    expect((await revoke('x', { ...client, secret: 'xws_test_wrong' })).body.error).toBe('invalid_client')
  })
})
