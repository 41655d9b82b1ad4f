import { beforeAll, describe, expect, it } from 'vitest'
import { systemContext } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { env } from '#lib/env.ts'
import { createRegistrationToken, listRegistrationTokens, revokeRegistrationToken } from '#lib/registrations/index.ts'
import { setSingleton } from '#lib/registry.ts'
import { outcome } from '#lib/testing/cast.ts'
import { createConfiguration } from './configuration.ts'
import { registrationFeature } from './registration.ts'
import { post } from './testing.ts'
import { client, getCode, owner, provider, redeem, stranger, useFlow } from './testing-flow.ts'
import { assertion, makeKey } from './testing-proofs.ts'

useFlow({ DYNAMIC_REGISTRATION: '1' })

const ctx = systemContext('test')
const CB = 'http://localhost:4000/cb'
let token = ''

type Answer = { status: number; body: Record<string, unknown> }
async function register(metadata: unknown, bearer: string | null = token): Promise<Answer> {
  const headers = { 'content-type': 'application/json', ...(bearer ? { authorization: `Bearer ${bearer}` } : {}) }
  const response = await fetch(`${provider.origin}/oidc/reg`, {
    method: 'POST',
    headers,
    body: typeof metadata === 'string' ? metadata : JSON.stringify(metadata),
  })
  return { status: response.status, body: await response.json() }
}
const tokenWith = async (maxUses: number, teamId = client.teamId) =>
  (await createRegistrationToken({ ctx, input: { teamId, maxUses } })).value

beforeAll(async () => {
  token = await tokenWith(100)
})

describe('dynamic registration (RFC 7591)', () => {
  it('registers a client of the token’s team, that works at once in test mode', async () => {
    const { status, body } = await register({
      client_name: 'Sent in',
      redirect_uris: [CB, 'https://app.example.com/cb'],
      scope: 'openid email',
      require_pushed_authorization_requests: false,
    })
    expect(status).toBe(201)
    expect(body).toMatchObject({ client_name: 'Sent in', redirect_uris: [CB, 'https://app.example.com/cb'], client_secret_expires_at: 0 })
    expect(body).not.toHaveProperty('registration_access_token')
    const made = { id: String(body.client_id), secret: String(body.client_secret), teamId: client.teamId }
    const row = await db().client.findUniqueOrThrow({ where: { id: made.id }, include: { domains: true } })
    expect([row.teamId, row.name, row.domains.map(({ host, mode }) => `${host} ${mode}`).sort()]).toEqual([
      client.teamId,
      'Sent in',
      ['app.example.com test', 'localhost test'],
    ])
    const { code, verifier } = await getCode(owner, made, { scope: 'openid email' })
    expect((await redeem(code, verifier, made)).status).toBe(200)
    expect(await db().auditEvent.count({ where: { action: 'client.created', targetId: made.id } })).toBe(1)
  })

  it('answers with what is registered, not with what was asked for (RFC 7591 §3.2.1)', async () => {
    const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code'
    const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'
    const { status, body } = await register({
      client_name: 'Asks for much',
      redirect_uris: [CB],
      post_logout_redirect_uris: [`${CB}/bye`],
      grant_types: ['authorization_code', DEVICE, EXCHANGE],
      token_endpoint_auth_method: 'client_secret_post',
      require_auth_time: true,
      default_max_age: 0,
      default_acr_values: ['urn:xwms:acr:federated'],
      contacts: ['ada@example.com'],
      client_uri: 'https://app.example.com',
      tos_uri: 'https://app.example.com/terms',
      backchannel_logout_uri: 'https://app.example.com/logout',
      backchannel_logout_session_required: false,
    })
    expect([status, body.error_description]).toEqual([201, undefined])
    expect(body).toMatchObject({
      client_name: 'Asks for much',
      application_type: 'web',
      redirect_uris: [CB],
      post_logout_redirect_uris: [`${CB}/bye`],
      response_types: ['code'],
      token_endpoint_auth_method: 'client_secret_post',
      id_token_signed_response_alg: 'RS256',
      require_auth_time: false,
      backchannel_logout_uri: 'https://app.example.com/logout',
      backchannel_logout_session_required: true,
      client_id_issued_at: expect.any(Number),
      client_secret: expect.stringMatching(/^xws_test_/),
      client_secret_expires_at: 0,
    })
    for (const name of ['default_max_age', 'default_acr_values', 'contacts', 'client_uri', 'tos_uri']) expect(body).not.toHaveProperty(name)
    const { grantTypes } = await db().client.findUniqueOrThrow({ where: { id: String(body.client_id) } })
    expect([...(body.grant_types as string[])].sort()).toEqual([...grantTypes].sort())
    expect(grantTypes).not.toContain(EXCHANGE)
    const made = { id: String(body.client_id), secret: String(body.client_secret), teamId: client.teamId }
    const form = { client_id: made.id, client_secret: made.secret, grant_type: 'client_credentials' }
    expect((await post(provider.origin, '/oidc/token', form)).status).toBe(400)
  })

  it.each([
    [undefined, 'RS256'],
    ['RS256', 'RS256'],
    ['ES256', 'ES256'],
    ['EdDSA', 'EdDSA'],
  ])('keeps what ID tokens are to be signed with, and tells it: asked for %s, %s', async (asked, kept) => {
    const { status, body } = await register({
      client_name: 'Signed',
      redirect_uris: [CB],
      ...(asked ? { id_token_signed_response_alg: asked } : {}),
    })
    expect([status, body.id_token_signed_response_alg]).toEqual([201, kept])
    const id = String(body.client_id)
    expect((await db().client.findUniqueOrThrow({ where: { id } })).idTokenSignedResponseAlg).toBe(kept)
    // A choice is on the audit log; the standard is none.
    const events = await db().auditEvent.count({ where: { action: 'client.token_policy_changed', targetId: id } })
    expect(events).toBe(kept === 'RS256' ? 0 : 1)
  })

  it('registers public clients, and those with keys of their own', async () => {
    const spa = await register({ token_endpoint_auth_method: 'none', redirect_uris: [CB] })
    expect([spa.status, spa.body.client_secret]).toEqual([201, undefined])
    const key = await makeKey()
    const service = await register({
      token_endpoint_auth_method: 'private_key_jwt',
      jwks: { keys: [key.jwk] },
      grant_types: ['client_credentials'],
      response_types: [],
      redirect_uris: [],
      dpop_bound_access_tokens: false,
    })
    expect([service.status, service.body.client_secret]).toEqual([201, undefined])
    const form = await assertion(key, String(service.body.client_id), `${provider.origin}/oidc`)
    expect((await post(provider.origin, '/oidc/token', { grant_type: 'client_credentials', ...form })).status).toBe(200)
  })

  it.each([undefined, 'client_secret_basic', 'none'])(
    'registers a native app without a secret, as AppAuth asks (method %s)',
    async (method) => {
      const redirectUris = ['com.example.app:/cb', 'http://127.0.0.1/cb']
      const { status, body } = await register({
        application_type: 'native',
        redirect_uris: redirectUris,
        ...(method ? { token_endpoint_auth_method: method } : {}),
      })
      expect([status, body.error_description]).toEqual([201, undefined])
      expect(body).toMatchObject({ application_type: 'native', token_endpoint_auth_method: 'none', redirect_uris: redirectUris })
      expect(body).not.toHaveProperty('client_secret')
      // Its loopback address has a port of its own at each log-in (RFC 8252 §7.3).
      const loopback = 'http://127.0.0.1:51004/cb'
      const { code, verifier } = await getCode(
        owner,
        { id: String(body.client_id), secret: '', teamId: client.teamId },
        { redirect_uri: loopback },
      )
      const form = {
        grant_type: 'authorization_code',
        client_id: String(body.client_id),
        code,
        code_verifier: verifier,
        redirect_uri: loopback,
      }
      expect((await post(provider.origin, '/oidc/token', form)).status).toBe(200)
    },
  )

  it.each([
    ['no token', null],
    ['an unknown one', 'xwr_unknown'],
    ['another kind of token', 'xws_test_whatever'],
  ])('refuses %s', async (_name, bearer) => {
    const { status, body } = await register({ redirect_uris: [CB] }, bearer)
    expect([status, body.error]).toEqual([401, 'invalid_token'])
  })

  it.each([
    ['no JSON', 'x', 'invalid_request'],
    ['no redirect URI', {}, 'invalid_redirect_uri'],
    ['a wildcard', { redirect_uris: ['https://*.example.com/cb'] }, 'invalid_client_metadata'],
    ['a fragment', { redirect_uris: ['https://app.example.com/cb#x'] }, 'invalid_redirect_uri'],
    ['an unknown scope', { redirect_uris: [CB], scope: 'openid admin' }, 'invalid_client_metadata'],
    [
      'a private key',
      { redirect_uris: [CB], jwks: { keys: [{ kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA', d: 'AA' }] } },
      'invalid_client_metadata',
    ],
    ['a private jwks_uri', { redirect_uris: [CB], jwks_uri: 'https://10.0.0.1/jwks' }, 'invalid_client_metadata'],
    ['a private log-out address', { redirect_uris: [CB], backchannel_logout_uri: 'https://10.0.0.1/x' }, 'invalid_client_metadata'],
    // Whoever wants another than what ID tokens can be signed with is told: it would not understand them.
    ['ES384', { redirect_uris: [CB], id_token_signed_response_alg: 'ES384' }, 'invalid_client_metadata'],
    ['unsigned ID tokens', { redirect_uris: [CB], id_token_signed_response_alg: 'none' }, 'invalid_client_metadata'],
    ['HS256', { redirect_uris: [CB], id_token_signed_response_alg: 'HS256' }, 'invalid_client_metadata'],
    ['an implicit response', { redirect_uris: [CB], response_types: ['token'] }, 'invalid_client_metadata'],
  ])('refuses %s, and makes nothing', async (_name, metadata, error) => {
    const before = await db().client.count({ where: { deletedAt: null } })
    const { status, body } = await register(metadata)
    expect([status, body.error]).toEqual([400, error])
    expect(await db().client.count({ where: { deletedAt: null } })).toBe(before)
  })

  it('takes a token as often as it says, of any number in parallel, and a failure costs none', async () => {
    const twice = await tokenWith(2)
    await register({ redirect_uris: [CB], scope: 'openid admin' }, twice)
    const answers = await Promise.all(Array.from({ length: 6 }, () => register({ redirect_uris: [CB] }, twice)))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 401, 401, 401, 401])
  })

  it('keeps to the plan of the team', async () => {
    const { teamId } = await db().member.findFirstOrThrow({ where: { teamId: { not: client.teamId } } })
    await db().plan.update({ where: { key: 'free' }, data: { maxClients: 1 } })
    const foreign = await tokenWith(5, teamId)
    expect((await register({ redirect_uris: [CB] }, foreign)).status).toBe(201)
    const { status, body } = await register({ redirect_uris: [CB] }, foreign)
    expect([status, body.error]).toEqual([400, 'invalid_client_metadata'])
  })

  it('has tokens that operators alone make and revoke, kept as hashes', async () => {
    const input = { teamId: client.teamId }
    expect(await outcome(createRegistrationToken({ ctx: owner, input }))).toBe('not_found')
    expect(await outcome(createRegistrationToken({ ctx: { ...owner, actor: { kind: 'nobody' } }, input }))).toBe('unauthenticated')
    expect(await outcome(listRegistrationTokens({ ctx: stranger, input }))).toBe('not_found')
    const made = await createRegistrationToken({ ctx, input })
    expect(JSON.stringify(await db().registrationToken.findMany())).not.toContain(made.value)
    expect(await outcome(revokeRegistrationToken({ ctx: owner, input: { id: made.id } }))).toBe('not_found')
    await revokeRegistrationToken({ ctx, input: { id: made.id } })
    expect((await register({ redirect_uris: [CB] }, made.value)).status).toBe(401)
  })

  it('is off unless the installation says so', async () => {
    const present = env()
    setSingleton('env', { ...present, DYNAMIC_REGISTRATION: false })
    expect(registrationFeature()?.enabled).toBe(false)
    expect(createConfiguration({ keys: [] } as never).features?.registration?.enabled).toBe(false)
    setSingleton('env', present)
  })
})
