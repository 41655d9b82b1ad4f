import { describe, expect, it } from 'vitest'
import { setProtocol } from '#lib/clients/index.ts'
import { systemContext } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { post } from './testing.ts'
import { client, getCode, makeClient, owner, provider, useFlow } from './testing-flow.ts'
import { assertion, makeKey } from './testing-proofs.ts'

useFlow()

const discover = async () =>
  (await (await fetch(`${provider.origin}/oidc/.well-known/openid-configuration`)).json()) as Record<string, unknown>

/** Algorithms that tests named beside use, each of them: `it.each` over all in pushed-requests, client-keys and dpop. */
const CLIENT_ALGORITHMS = ['RS256', 'PS256', 'ES256', 'Ed25519', 'EdDSA']
const AUTH_METHODS = ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none']

/** A client that proves itself in this way, and the form and credentials of a request of its own to `endpoint`. */
async function proving(method: string, endpoint: string) {
  const app = await makeClient(client.teamId)
  if (method === 'client_secret_basic') return { form: {}, basic: app }
  if (method === 'client_secret_post') return { form: { client_id: app.id, client_secret: app.secret } }
  if (method === 'none') {
    await db().client.update({ where: { id: app.id }, data: { type: 'public', tokenEndpointAuthMethod: 'none', applicationType: 'spa' } })
    return { form: { client_id: app.id } }
  }
  const key = await makeKey('ES256')
  await setProtocol({
    ctx: systemContext('test'),
    input: { clientId: app.id, authMethod: 'private_key_jwt', jwks: JSON.stringify(key.jwk) },
  })
  return { form: await assertion(key, app.id, endpoint) }
}

describe('discovery says what works', () => {
  it('and nothing else: every member is here, with the test that exercises it', async () => {
    const base = `${provider.origin}/oidc`
    const { claims_supported: claims, scopes_supported: scopes, ...document } = await discover()
    expect(document).toEqual({
      issuer: base,
      // flow.test.ts, refusals.test.ts
      authorization_endpoint: `${base}/auth`,
      token_endpoint: `${base}/token`,
      userinfo_endpoint: `${base}/me`,
      jwks_uri: `${base}/jwks`,
      response_types_supported: ['code'],
      response_modes_supported: ['form_post', 'fragment', 'query'],
      code_challenge_methods_supported: ['S256'],
      subject_types_supported: ['public'],
      authorization_response_iss_parameter_supported: true,
      // id-token-algorithms.test.ts
      id_token_signing_alg_values_supported: ['RS256', 'ES256', 'EdDSA'],
      // families.test.ts, logout.test.ts
      end_session_endpoint: `${base}/session/end`,
      backchannel_logout_supported: true,
      backchannel_logout_session_supported: true,
      // introspection.test.ts
      introspection_endpoint: `${base}/token/introspection`,
      revocation_endpoint: `${base}/token/revocation`,
      // pushed-requests.test.ts
      pushed_authorization_request_endpoint: `${base}/request`,
      request_parameter_supported: true,
      request_uri_parameter_supported: false,
      request_object_signing_alg_values_supported: CLIENT_ALGORITHMS,
      // client-keys.test.ts
      token_endpoint_auth_methods_supported: AUTH_METHODS,
      token_endpoint_auth_signing_alg_values_supported: CLIENT_ALGORITHMS,
      // Below.
      revocation_endpoint_auth_methods_supported: AUTH_METHODS,
      revocation_endpoint_auth_signing_alg_values_supported: CLIENT_ALGORITHMS,
      introspection_endpoint_auth_methods_supported: AUTH_METHODS,
      introspection_endpoint_auth_signing_alg_values_supported: CLIENT_ALGORITHMS,
      // dpop.test.ts
      dpop_signing_alg_values_supported: CLIENT_ALGORITHMS,
      // device.test.ts, resources.test.ts, token-policy.test.ts
      device_authorization_endpoint: `${base}/device/auth`,
      claims_parameter_supported: true,
      // acr.test.ts
      acr_values_supported: ['urn:xwms:acr:password', 'urn:xwms:acr:federated'],
      prompt_values_supported: ['none', 'login', 'consent', 'select_account'],
      ui_locales_supported: ['en', 'nl'],
      claim_types_supported: ['normal'],
      grant_types_supported: expect.any(Array),
    })
    expect([...(document.grant_types_supported as string[])].sort()).toEqual([
      'authorization_code',
      'client_credentials',
      'refresh_token',
      'urn:ietf:params:oauth:grant-type:device_code',
      'urn:ietf:params:oauth:grant-type:token-exchange',
    ])
    expect([...(scopes as string[])].sort()).toEqual([
      'address',
      'email',
      'offline_access',
      'openid',
      'phone',
      'profile',
      'useraddresses',
      'userinfo',
    ])
    expect(claims).toEqual(expect.arrayContaining(['sub', 'email', 'email_verified', 'name', 'auth_time', 'sid']))
  })

  it.each(['form_post', 'fragment', 'query'])('answers in the response mode %s', async (mode) => {
    const { end, code } = await getCode(owner, client, { response_mode: mode })
    const fragment = new URLSearchParams(end.location?.hash.slice(1)).get('code')
    const posted = /name="code" value="([^"]+)"/.exec(end.text)?.[1]
    expect({ query: code, fragment, form_post: posted }[mode]).toBeTruthy()
    // A browser sends `Origin: null` with a posted answer else, as with a forged form.
    if (mode === 'form_post') expect(end.response.headers.get('referrer-policy')).toBe('strict-origin')
  })

  it.each(AUTH_METHODS)('a client proves itself by %s where tokens are introspected and revoked', async (method) => {
    const { introspection_endpoint, revocation_endpoint } = await discover()
    for (const endpoint of [introspection_endpoint, revocation_endpoint].map(String)) {
      const { form, basic } = await proving(method, endpoint)
      const answer = await post(provider.origin, new URL(endpoint).pathname, { token: 'unknown', ...form } as Record<string, string>, basic)
      expect([endpoint, answer.status]).toEqual([endpoint, 200])
    }
  })

  it.each([
    ['POST', '/oidc/reg'],
    ['POST', '/oidc/backchannel'],
    ['POST', '/oidc/challenge'],
    ['GET', '/oidc/credential'],
    ['GET', '/oidc/reg/x'],
  ])('there is no %s %s', async (method, path) => {
    const response = await fetch(`${provider.origin}${path}`, { method })
    expect([response.status, (await response.json()).error]).toEqual([404, 'invalid_request'])
  })

  it('an address refuses other methods than its own, and tells them (RFC 9110 §15.5.6)', async () => {
    const document = await discover()
    const endpoints = Object.entries(document).filter(([name]) => /(_endpoint|jwks_uri)$/.test(name))
    const base = `${provider.origin}/oidc`
    const addresses = [
      ...endpoints.map(([, address]) => String(address)),
      ...['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server', '/device', '/session/end/confirm'].map(
        (path) => base + path,
      ),
      `${provider.origin}/oidc/Token/`,
    ]
    for (const address of addresses) {
      const refused = await fetch(address, { method: 'PATCH' })
      const allow = refused.headers.get('allow')?.split(', ') ?? []
      expect([address, refused.status, (await refused.json()).error]).toEqual([address, 405, 'invalid_request'])
      expect(allow.some((method) => method === 'GET' || method === 'POST')).toBe(true)
      const plain = await fetch(address, { method: 'OPTIONS' })
      expect([plain.status, plain.headers.get('allow')]).toEqual([204, refused.headers.get('allow')])
      for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'DELETE']) {
        const { status } = await fetch(address, { method, redirect: 'manual' })
        // What is said to be taken is: whatever comes of an empty request, it is looked at.
        if (allow.includes(method)) expect([404, 405]).not.toContain(status)
        else expect([address, method, status]).toEqual([address, method, 405])
      }
    }
    const byPage = await fetch(`${base}/token`, {
      method: 'OPTIONS',
      headers: { origin: 'https://app.example.com', 'access-control-request-method': 'POST' },
    })
    expect([byPage.status, byPage.headers.get('access-control-allow-methods')]).toEqual([204, 'POST'])
  })

  it.each(['implicit', 'password', 'urn:openid:params:grant-type:ciba', 'urn:ietf:params:oauth:grant-type:jwt-bearer', 'x'])(
    'there is no grant %s',
    async (grant_type) => {
      const { status, body } = await post(provider.origin, '/oidc/token', { grant_type }, client)
      expect([status, body.error]).toEqual([400, 'unsupported_grant_type'])
    },
  )

  it('a client may use its own grants only (RFC 6749 §5.2)', async () => {
    const exchange = { grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange' }
    for (const [path, form] of [
      ['/oidc/token', exchange],
      ['/oidc/device/auth', { scope: 'openid' }],
    ] as const) {
      const { status, body } = await post(provider.origin, path, form as Record<string, string>, client)
      expect([path, status, body.error]).toEqual([path, 400, 'unauthorized_client'])
    }
  })

  it.each(['none', 'id_token', 'token', 'code id_token', 'x'])('there is no response type %s', async (response_type) => {
    const { end } = await getCode(owner, client, { response_type })
    const answer = new URLSearchParams(end.location?.search || end.location?.hash.slice(1))
    expect(answer.get('error')).toBe('unsupported_response_type')
  })
})
