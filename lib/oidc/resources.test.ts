import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { setExchangeSources, setIntrospectors } from '#lib/clients/index.ts'
import { systemContext } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { saveResourceServer } from '#lib/resources/index.ts'
import { resolveAccessToken } from './index.ts'
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
import { makeKey, signed } from './testing-proofs.ts'

useFlow()

const ctx = systemContext('test')
const JWT_API = 'https://orders.example.com'
const OPAQUE_API = 'urn:example:stock'
const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token'

beforeAll(async () => {
  const common = { teamId: client.teamId, scopes: ['orders:read', 'orders:write'] }
  await saveResourceServer({ ctx, input: { ...common, name: 'Orders', identifier: JWT_API, tokenFormat: 'jwt', accessTokenTtl: 300 } })
  await saveResourceServer({ ctx, input: { ...common, name: 'Stock', identifier: OPAQUE_API, accessTokenTtl: 600 } })
})

const token = (form: Record<string, string>, using: TestClient = client) => post(provider.origin, '/oidc/token', form, using)
const machine = (form: Record<string, string>, using?: TestClient) => token({ grant_type: 'client_credentials', ...form }, using)
const introspect = async (value: string, using: TestClient = client) =>
  (await post(provider.origin, '/oidc/token/introspection', { token: value }, using)).body as Record<string, unknown>
const verified = (value: string, audience: string) =>
  jwtVerify(value, createRemoteJWKSet(new URL(`${provider.origin}/oidc/jwks`)), {
    issuer: `${provider.origin}/oidc`,
    audience,
    typ: 'at+jwt',
  })

describe('resource indicators (RFC 8707)', () => {
  it('give a JWT for an API that wants one (RFC 9068), short-lived and for that API only', async () => {
    const { body } = await machine({ resource: JWT_API, scope: 'orders:read' })
    expect(body).toMatchObject({ expires_in: 300, scope: 'orders:read', token_type: 'Bearer' })
    const { payload } = await verified(String(body.access_token), JWT_API)
    expect(payload).toMatchObject({ client_id: client.id, sub: client.id, scope: 'orders:read' })
    expect(payload.jti && payload.iat && payload.exp).toBeTruthy()
    // A scope that it does not have is refused, with one of ours that is none of its own too.
    expect((await machine({ resource: JWT_API, scope: 'orders:drop' })).body.error).toBe('invalid_scope')
    expect((await machine({ resource: JWT_API, scope: 'email' })).body.error).toBe('invalid_scope')
    expect(await resolveAccessToken(String(body.access_token))).toMatchObject({ ok: false, error: 'invalid_token' })
  })

  it('give a JWT that introspection knows as long as it lives, for those who may ask (RFC 7662)', async () => {
    const { body } = await machine({ resource: JWT_API, scope: 'orders:read' })
    const value = String(body.access_token)
    const told = { active: true, aud: JWT_API, client_id: client.id, scope: 'orders:read', token_type: 'Bearer' }
    expect(await introspect(value)).toMatchObject(told)
    const app = await makeClient(client.teamId)
    expect(await introspect(value, app)).toEqual({ active: false })
    await setIntrospectors({ ctx, input: { clientId: client.id, partnerIds: [app.id] } })
    expect(await introspect(value, app)).toMatchObject(told)
    await setIntrospectors({ ctx, input: { clientId: client.id, partnerIds: [] } })

    const { code, verifier } = await getCode(owner, app, { resource: JWT_API, scope: 'openid offline_access orders:read' })
    const form = { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: CALLBACK, resource: JWT_API }
    const granted = (await token(form, app)).body
    const ofPerson = String(granted.access_token)
    const answer = await introspect(ofPerson, app)
    expect(answer).toMatchObject({ active: true, sub: (owner.actor as { sub: string }).sub, client_id: app.id })
    expect(answer).not.toHaveProperty('family')
    await db().client.update({ where: { id: app.id }, data: { status: 'disabled' } })
    await setIntrospectors({ ctx, input: { clientId: app.id, partnerIds: [client.id] } })
    expect(await introspect(ofPerson)).toEqual({ active: false })
    await db().client.update({ where: { id: app.id }, data: { status: 'active' } })
    expect(await introspect(ofPerson)).toMatchObject({ active: true })
    await post(provider.origin, '/oidc/token/revocation', { token: String(granted.refresh_token) }, app)
    for (const using of [app, client]) expect(await introspect(ofPerson, using)).toEqual({ active: false })
  })

  it('are nothing to JWTs of others, which introspection does not know', async () => {
    const key = await makeKey('RS256')
    const { body } = await machine({ resource: JWT_API, scope: 'orders:read' })
    const value = String(body.access_token)
    const forged = await signed(key, decodeJwt(value), { typ: 'at+jwt' })
    const [header = '', , signature = ''] = value.split('.')
    const changed = `${header}.${Buffer.from(JSON.stringify({ ...decodeJwt(value), scope: 'all' })).toString('base64url')}.${signature}`
    for (const jwt of [forged, changed, (await tokens()).id, `${header}.e30.`]) {
      const answer = await post(provider.origin, '/oidc/token/introspection', { token: jwt }, client)
      expect([answer.status, answer.body]).toEqual([200, { active: false }])
    }
    expect((await post(provider.origin, '/oidc/token/introspection', { token: value }, { ...client, secret: 'wrong' })).status).toBe(401)
  })

  it('give an opaque token with the API as audience, of no use elsewhere', async () => {
    const { body } = await machine({ resource: OPAQUE_API, scope: 'orders:write unknown' })
    expect(body).toMatchObject({ expires_in: 600, scope: 'orders:write' })
    expect(await introspect(String(body.access_token))).toMatchObject({ active: true, aud: OPAQUE_API, scope: 'orders:write' })
    expect(await resolveAccessToken(String(body.access_token))).toMatchObject({ ok: false, error: 'invalid_token' })
  })

  it('ask the person for the API’s scopes, once, and give tokens for it', async () => {
    const app = await makeClient(client.teamId)
    const asked = { resource: JWT_API, scope: 'openid offline_access orders:read' }
    const first = await getCode(owner, app, asked)
    expect(first.browser.prompts).toEqual(['login', 'consent'])
    const redeemed = await token(
      { grant_type: 'authorization_code', code: first.code, code_verifier: first.verifier, redirect_uri: CALLBACK, resource: JWT_API },
      app,
    )
    expect(redeemed.status).toBe(200)
    const { payload } = await verified(String(redeemed.body.access_token), JWT_API)
    expect(payload).toMatchObject({ sub: (owner.actor as { sub: string }).sub, scope: 'orders:read', client_id: app.id })
    expect(await userinfo(String(redeemed.body.access_token))).toBe(401)
    const plain = await refresh(String(redeemed.body.refresh_token), app)
    expect(await userinfo(String(plain.body.access_token))).toBe(200)
    const again = await token({ grant_type: 'refresh_token', refresh_token: String(plain.body.refresh_token), resource: JWT_API }, app)
    expect(decodeJwt(String(again.body.access_token)).aud).toBe(JWT_API)
    expect((await getCode(owner, app, asked)).browser.prompts).toEqual(['login'])
    expect((await getCode(owner, app, { ...asked, scope: `${asked.scope} orders:write` })).browser.prompts).toEqual(['login', 'consent'])
  })

  it('cost no grant when the wrong one is asked for', async () => {
    const app = await makeClient(client.teamId)
    const asked = { resource: OPAQUE_API, scope: 'openid offline_access orders:read' }
    const wrong = ['https://unknown.example', JWT_API, 'x']
    const granted = await getCode(owner, app, asked)
    const code = { grant_type: 'authorization_code', code: granted.code, code_verifier: granted.verifier, redirect_uri: CALLBACK }
    for (const resource of wrong) expect((await token({ ...code, resource }, app)).body.error).toBe('invalid_target')
    const { status, body } = await token({ ...code, resource: OPAQUE_API }, app)
    expect(status).toBe(200)

    const again = { grant_type: 'refresh_token', refresh_token: String(body.refresh_token) }
    for (const resource of wrong) expect((await token({ ...again, resource }, app)).body.error).toBe('invalid_target')
    const refreshed = await token({ ...again, resource: OPAQUE_API }, app)
    expect([refreshed.status, refreshed.body.scope]).toEqual([200, 'orders:read'])

    // Of two, the client says which; a token without `openid` is for one of them.
    const both = await getCode(owner, app, { resource: undefined, scope: 'offline_access orders:read' }, [JWT_API, OPAQUE_API])
    const second = { grant_type: 'authorization_code', code: both.code, code_verifier: both.verifier, redirect_uri: CALLBACK }
    expect((await token(second, app)).body.error).toBe('invalid_target')
    const chosen = await token({ ...second, resource: JWT_API }, app)
    expect(decodeJwt(String(chosen.body.access_token)).aud).toBe(JWT_API)
    expect((await refresh(String(chosen.body.refresh_token), app)).body.error).toBe('invalid_target')
    const last = await token({ grant_type: 'refresh_token', refresh_token: String(chosen.body.refresh_token), resource: JWT_API }, app)
    expect(last.status).toBe(200)
  })

  it('refuse an API of another team, an unknown one, and what is no identifier', async () => {
    const { teamId } = await db().member.findFirstOrThrow({ where: { teamId: { not: client.teamId } } })
    await saveResourceServer({ ctx, input: { teamId, name: 'Foreign', identifier: 'https://foreign.example.com', scopes: [] } })
    for (const resource of ['https://foreign.example.com', 'https://unknown.example', `${JWT_API}/`, 'x', `${JWT_API}#a`]) {
      const { status, body } = await machine({ resource })
      expect([resource, status, body.error]).toEqual([resource, 400, 'invalid_target'])
    }
  })
})

describe('the claims parameter', () => {
  const withClaims = (app: TestClient, claims: object, scope = 'openid') => getCode(owner, app, { scope, claims: JSON.stringify(claims) })

  it('gives single claims after consent, where they were asked for', async () => {
    const app = await makeClient(client.teamId)
    const { code, verifier, browser } = await withClaims(app, {
      id_token: { email: null, auth_time: { essential: true } },
      userinfo: { name: null },
    })
    expect(browser.prompts).toEqual(['login', 'consent'])
    const { body } = await token({ grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: CALLBACK }, app)
    const id = decodeJwt(String(body.id_token))
    expect([typeof id.email, typeof id.auth_time, id.name]).toEqual(['string', 'number', undefined])
    const me = await (await fetch(`${provider.origin}/oidc/me`, { headers: { authorization: `Bearer ${body.access_token}` } })).json()
    expect([Boolean(me.name), me.email]).toEqual([true, undefined])
  })

  it('gives none of a scope that the client does not have, without asking for it', async () => {
    const app = await makeClient(client.teamId)
    const { code, verifier } = await withClaims(app, { id_token: { phone_number: null, address: null } })
    const { body } = await token({ grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: CALLBACK }, app)
    expect(decodeJwt(String(body.id_token))).not.toHaveProperty('phone_number')
    expect((await withClaims(app, { id_token: { phone_number: null } })).browser.prompts).toEqual(['login'])
  })

  it.each(['nonsense', '[]', '{}', '{"userinfo":"x"}', '{"id_token":{"acr":{"essential":true,"values":"x"}}}'])(
    'refuses %s',
    async (claims) => {
      const { end } = await getCode(owner, client, { scope: 'openid', claims })
      expect(end.location?.searchParams.get('error')).toBe('invalid_request')
    },
  )
})

describe('prompt=select_account', () => {
  it('asks which account, and goes on with the one of the browser', async () => {
    const { browser, code } = await getCode(owner, client, { prompt: 'select_account' })
    expect(browser.prompts).toContain('select_account')
    expect(code).toBeTruthy()
  })
})

describe('token exchange (RFC 8693)', () => {
  let service: TestClient
  const exchange = (subject: string, extra: Record<string, string> = {}, using: TestClient = service) =>
    token({ grant_type: EXCHANGE, subject_token: subject, subject_token_type: ACCESS_TOKEN, ...extra }, using)

  beforeAll(async () => {
    service = await makeClient(client.teamId)
    await setExchangeSources({ ctx, input: { clientId: service.id, subjectClientIds: [client.id] } })
  })

  it('turns a token of a named client into one of its own, for the same person, with the actor in it', async () => {
    const { access } = await tokens()
    const { status, body } = await exchange(access, { scope: 'openid email' })
    expect([status, body.issued_token_type, body.token_type, body.scope]).toEqual([200, ACCESS_TOKEN, 'Bearer', 'openid email'])
    expect(body.refresh_token).toBeUndefined()
    expect(await introspect(String(body.access_token), service)).toMatchObject({
      active: true,
      client_id: service.id,
      sub: (owner.actor as { sub: string }).sub,
      act: { sub: service.id },
    })
    expect(await introspect(String(body.access_token), client)).toEqual({ active: false })
  })

  it('for an API gives a JWT with the actor, and never more scopes than the subject has', async () => {
    const { code, verifier } = await getCode(owner, client, { resource: JWT_API, scope: 'openid orders:read' })
    const form = { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: CALLBACK }
    const access = String((await token(form)).body.access_token)
    expect((await exchange(access, { audience: JWT_API, scope: 'orders:write' })).body.error).toBe('invalid_scope')
    expect((await exchange(access, { scope: 'openid profile' })).body.error).toBe('invalid_scope')
    const { body } = await exchange(access, { audience: JWT_API })
    const { payload } = await verified(String(body.access_token), JWT_API)
    expect(payload.act).toEqual({ sub: service.id })
    expect(String(payload.scope ?? '')).not.toContain('orders:write')
  })

  it('ends with the family that it came from', async () => {
    const { access, refresh: token } = await tokens()
    const { body } = await exchange(access)
    const exchanged = String(body.access_token)
    expect(await introspect(exchanged, service)).toMatchObject({ active: true })
    expect(await resolveAccessToken(exchanged)).toMatchObject({ ok: true })
    await post(provider.origin, '/oidc/token/revocation', { token }, client)
    expect(await introspect(exchanged, service)).toEqual({ active: false })
    expect(await resolveAccessToken(exchanged)).toMatchObject({ ok: false, error: 'invalid_token' })
    expect((await exchange(access)).body.error).toBe('invalid_request')
  })

  it('ends when that family expires', async () => {
    const { access } = await tokens()
    const { body } = await exchange(access)
    const exchanged = String(body.access_token)
    const grants = await db().oidcArtifact.findMany({ where: { kind: 'Grant', clientId: client.id } })
    await db().oidcArtifact.updateMany({ where: { idHash: { in: grants.map(({ idHash }) => idHash) } }, data: { expiresAt: new Date() } })
    expect(await introspect(exchanged, service)).toEqual({ active: false })
    expect(await resolveAccessToken(exchanged)).toMatchObject({ ok: false, error: 'invalid_token' })
  })

  it('does not outlive the subject token', async () => {
    const { access } = await tokens()
    const { body } = await exchange(access)
    expect(Number(body.expires_in)).toBeLessThanOrEqual(900)
    const again = await exchange(String(body.access_token), {}, service)
    expect(again.body.error).toBe('invalid_request')
  })

  it('is refused without a named pair, for other kinds of tokens, and for machines’ tokens', async () => {
    const { access, refresh: rt, id } = await tokens()
    const other = await makeClient(client.teamId)
    for (const using of [other, client]) expect((await exchange(access, {}, using)).body.error).toBe('unauthorized_client')
    for (const subject of [rt, id, 'unknown', String((await machine({})).body.access_token)]) {
      expect((await exchange(subject)).body.error).toBe('invalid_request')
    }
    expect((await exchange(access, { subject_token_type: 'urn:ietf:params:oauth:token-type:jwt' })).body.error).toBe('invalid_request')
    expect((await exchange(access, { actor_token: 'x' })).body.error).toBe('invalid_request')
    expect((await exchange(access, { audience: 'https://unknown.example' })).body.error).toBe('invalid_target')
    expect((await exchange(access, { audience: JWT_API, resource: OPAQUE_API })).body.error).toBe('invalid_target')
    // None of it costs the subject token.
    expect((await exchange(access)).status).toBe(200)
  })
})
