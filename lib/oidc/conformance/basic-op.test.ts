import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { setClientScopes } from '#lib/scopes/index.ts'
import { authorizeUrl, loggedIn, pkce, post, TestBrowser } from '../testing.ts'
import { CALLBACK, client, getCode, owner, provider, redeem, refresh, stranger, tokens, useFlow } from '../testing-flow.ts'

// The modules of the published plan "OpenID Connect Core: Basic Certification Profile Authorization Server", by their names.
// Every request carries PKCE: this server wants it of everybody (RFC 9700 §2.1.1).

useFlow()

type Params = Record<string, string | undefined>

/** Follows an authorization request in a browser where the owner is logged in, without anyone answering a log-in page. */
async function ask(extra: Params, browser?: TestBrowser) {
  const { verifier, challenge } = pkce()
  const known = { client_id: client.id, redirect_uri: CALLBACK, scope: 'openid', code_challenge: challenge }
  const using = browser ?? (await loggedIn(owner)).browser
  const end = await using.go(authorizeUrl(provider.origin, { ...known, ...extra }), provider.origin)
  return { end, verifier, browser: using, answer: end.location?.searchParams }
}

/** The whole way with these parameters. Answers the claims of the verified id token and what the token endpoint said. */
async function complete(extra: Params = {}) {
  const { code, verifier, browser, end } = await getCode(owner, client, extra)
  const { status, body } = await redeem(code, verifier)
  if (status !== 200) throw new Error(`${end.status} ${end.location} ${JSON.stringify(body)}`)
  return { body, browser, claims: await verify(String(body.id_token)) }
}

async function verify(idToken: string): Promise<JWTPayload> {
  const keys = createRemoteJWKSet(new URL(`${provider.origin}/oidc/jwks`))
  const { payload } = await jwtVerify(idToken, keys, {
    issuer: `${provider.origin}/oidc`,
    audience: client.id,
    requiredClaims: ['sub', 'iat', 'exp'],
  })
  return payload
}

async function claimsFrom(init: RequestInit, query = ''): Promise<Record<string, unknown>> {
  const answer = await fetch(`${provider.origin}/oidc/me${query}`, init)
  expect(answer.status).toBe(200)
  return (await answer.json()) as Record<string, unknown>
}

const bearer = (token: unknown) => ({ headers: { authorization: `Bearer ${token}` } })

beforeAll(async () => {
  const scopes = ['openid', 'profile', 'email', 'address', 'phone', 'offline_access'].map((name) => ({ name, optional: false }))
  await setClientScopes({ ctx: owner, input: { clientId: client.id, scopes } })
  // Known to the client from the start, so that only what a module is about is asked.
  await getCode(owner, client, { scope: scopes.map(({ name }) => name).join(' ') })
})

describe('oidcc-basic-certification-test-plan', () => {
  it('oidcc-server: a code, and an id token that verifies with the published keys and carries the nonce', async () => {
    const { claims, body } = await complete({ nonce: 'n-0S6_WzA2Mj' })
    expect(claims).toMatchObject({ nonce: 'n-0S6_WzA2Mj' })
    expect(body).toMatchObject({ token_type: 'Bearer', scope: expect.stringContaining('openid') })
    expect(claims.sub).toMatch(/^\d+$/)
  })

  it('oidcc-response-type-missing', async () => {
    const { answer, end } = await ask({ response_type: undefined })
    expect(answer?.get('error') ?? new URLSearchParams(end.location?.hash.slice(1)).get('error')).toBe('invalid_request')
  })

  it('oidcc-userinfo-get', async () => {
    const { body, claims } = await complete()
    expect((await claimsFrom(bearer(body.access_token))).sub).toBe(claims.sub)
  })

  it('oidcc-userinfo-post-header', async () => {
    const { body, claims } = await complete()
    expect((await claimsFrom({ method: 'POST', ...bearer(body.access_token) })).sub).toBe(claims.sub)
  })

  it('oidcc-userinfo-post-body', async () => {
    const { body, claims } = await complete()
    const form = new URLSearchParams({ access_token: String(body.access_token) })
    expect((await claimsFrom({ method: 'POST', body: form })).sub).toBe(claims.sub)
  })

  it('oidcc-ensure-request-without-nonce-succeeds-for-code-flow', async () => {
    expect((await complete({ nonce: undefined })).claims.nonce).toBeUndefined()
  })

  it.each([
    ['oidcc-scope-profile', 'openid profile', ['name', 'updated_at']],
    ['oidcc-scope-email', 'openid email', ['email', 'email_verified']],
    ['oidcc-scope-address', 'openid address', []],
    ['oidcc-scope-phone', 'openid phone', []],
    ['oidcc-scope-all', 'openid profile email address phone', ['name', 'email']],
  ])('%s: the claims of the scope and no others', async (_name, scope, claims) => {
    const { body } = await complete({ scope })
    const told = await claimsFrom(bearer(body.access_token))
    for (const claim of ['sub', ...claims]) expect(told).toHaveProperty(claim)
    if (!scope.includes('email')) expect(told).not.toHaveProperty('email')
    if (!scope.includes('profile')) expect(told).not.toHaveProperty('name')
  })

  it('oidcc-ensure-other-scope-order-succeeds', async () => {
    expect((await complete({ scope: 'email openid' })).body.id_token).toBeTruthy()
  })

  it.each([
    ['oidcc-display-page', { display: 'page' }],
    ['oidcc-display-popup', { display: 'popup' }],
    ['oidcc-login-hint', { login_hint: 'someone@example.com' }],
    ['oidcc-ui-locales', { ui_locales: 'nl en' }],
    ['oidcc-claims-locales', { claims_locales: 'nl' }],
    ['oidcc-ensure-request-with-acr-values-succeeds', { acr_values: '1 2' }],
    ['oidcc-ensure-request-with-unknown-parameter-succeeds', { extra: 'foobar' }],
    ['oidcc-ensure-request-with-valid-pkce-succeeds', {}],
  ])('%s', async (_name, extra) => {
    expect((await complete(extra)).body.id_token).toBeTruthy()
  })

  it('oidcc-prompt-login: asks although someone is logged in', async () => {
    const { end } = await ask({ prompt: 'login' })
    expect(end.location).toBeNull()
    expect(end.response.headers.get('x-prompt')).toBe('login')
  })

  it('oidcc-prompt-none-not-logged-in', async () => {
    const { answer } = await ask({ prompt: 'none' }, new TestBrowser())
    expect(answer?.get('error')).toBe('login_required')
    expect(answer?.get('state')).toBe('the-state')
  })

  it('oidcc-prompt-none-logged-in: the same person, the same time of log-in', async () => {
    const { browser, claims } = await complete({ max_age: '10000' })
    const { answer, verifier } = await ask({ prompt: 'none', max_age: '10000' }, browser)
    const { body } = await redeem(answer?.get('code') ?? '', verifier)
    const again = await verify(String(body.id_token))
    expect(again.sub).toBe(claims.sub)
    expect(again.auth_time).toBe(claims.auth_time)
  })

  it('oidcc-max-age-1: asks again when the log-in is older', async () => {
    const { browser } = await complete()
    const begun = Date.now()
    while (Date.now() - begun < 2_100) await new Promise((resolve) => setTimeout(resolve, 100))
    const { end } = await ask({ max_age: '1' }, browser)
    expect(end.location).toBeNull()
    expect(end.response.headers.get('x-prompt')).toBe('login')
  })

  it('oidcc-max-age-10000: does not ask, and tells when the log-in was', async () => {
    const { claims } = await complete({ max_age: '10000' })
    expect(claims.auth_time).toBeGreaterThan(Date.now() / 1000 - 300)
  })

  it('oidcc-id-token-hint: nothing is asked for its person, and another is not passed off as them', async () => {
    const { browser, body } = await complete()
    const same = await ask({ prompt: 'none', id_token_hint: String(body.id_token) }, browser)
    expect(same.answer?.get('code')).toBeTruthy()
    const other = (await loggedIn(stranger)).browser
    const different = await ask({ prompt: 'none', id_token_hint: String(body.id_token) }, other)
    expect(different.answer?.get('error')).toBe('login_required')
  })

  it('oidcc-codereuse and oidcc-codereuse-30seconds: the second use fails and ends what the first gave', async () => {
    const { code, verifier } = await getCode()
    const first = await redeem(code, verifier)
    expect((await redeem(code, verifier)).body.error).toBe('invalid_grant')
    expect((await fetch(`${provider.origin}/oidc/me`, bearer(first.body.access_token))).status).toBe(401)
  })

  it('oidcc-ensure-registered-redirect-uri: an error page, no redirect', async () => {
    const { end } = await ask({ redirect_uri: `${CALLBACK}/other` })
    expect(end.location).toBeNull()
    expect(end.status).toBe(400)
  })

  it('oidcc-ensure-post-request-succeeds: the authorization endpoint takes a form', async () => {
    const { challenge } = pkce()
    const params = { client_id: client.id, redirect_uri: CALLBACK, scope: 'openid', code_challenge: challenge }
    const { browser } = await loggedIn(owner)
    const body = new URL(authorizeUrl(provider.origin, params)).searchParams.toString()
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const end = await browser.go('/oidc/auth', provider.origin, { method: 'POST', headers, body })
    expect(end.location?.searchParams.get('code'), `${end.status} ${end.url} ${end.text}`).toBeTruthy()
  })

  it('oidcc-server-client-secret-post', async () => {
    const { code, verifier } = await getCode()
    const form = { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: CALLBACK }
    const answer = await post(provider.origin, '/oidc/token', { ...form, client_id: client.id, client_secret: client.secret })
    expect(answer.status).toBe(200)
  })

  it('oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported, oidcc-ensure-request-object-with-redirect-uri', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const request = `${part({ alg: 'none' })}.${part({ iss: client.id, aud: `${provider.origin}/oidc`, redirect_uri: 'https://evil.example/' })}.`
    const { answer, end } = await ask({ request })
    expect(end.location?.origin ?? 'http://localhost:4000').toBe('http://localhost:4000')
    expect(answer?.get('code') ?? null).toBeNull()
  })

  it('oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported', async () => {
    const { answer, end } = await ask({ request_uri: 'https://client.example.com/request.jwt' })
    expect(answer?.get('code') ?? null).toBeNull()
    expect(answer ? answer.get('error') : end.status).toSatisfy((value: unknown) => value === 'request_uri_not_supported' || value === 400)
  })

  it('oidcc-claims-essential: a name asked for by the claims parameter, when it is supported', async () => {
    const discovery = (await (await fetch(`${provider.origin}/oidc/.well-known/openid-configuration`)).json()) as Record<string, unknown>
    const { body } = await complete({ scope: 'openid profile', claims: JSON.stringify({ userinfo: { name: { essential: true } } }) })
    expect(typeof discovery.claims_parameter_supported).toBe('boolean')
    expect(await claimsFrom(bearer(body.access_token))).toHaveProperty('name')
  })

  it('oidcc-refresh-token: rotates, and keeps who it is about', async () => {
    const { refresh: token, id } = await tokens()
    const answer = await refresh(token)
    expect(answer.body.refresh_token).not.toBe(token)
    expect((await verify(String(answer.body.id_token))).sub).toBe((await verify(id)).sub)
  })
})

describe('oidcc-config-certification-test-plan', () => {
  it('oidcc-discovery-endpoint-verification', async () => {
    const answer = await fetch(`${provider.origin}/oidc/.well-known/openid-configuration`)
    expect(answer.headers.get('content-type')).toContain('application/json')
    const metadata = (await answer.json()) as Record<string, string & string[]>
    expect(metadata).toMatchObject({
      issuer: `${provider.origin}/oidc`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      code_challenge_methods_supported: ['S256'],
      id_token_signing_alg_values_supported: expect.arrayContaining(['RS256']),
      scopes_supported: expect.arrayContaining(['openid']),
      claims_supported: expect.arrayContaining(['sub', 'name', 'email']),
    })
    for (const endpoint of ['authorization_endpoint', 'token_endpoint', 'userinfo_endpoint', 'jwks_uri']) {
      expect(new URL(metadata[endpoint] as string).origin).toBe(provider.origin)
    }
    const { keys } = (await (await fetch(metadata.jwks_uri as string)).json()) as { keys: Record<string, string>[] }
    expect(keys.every(({ kid, use, d, p }) => kid && use === 'sig' && !d && !p)).toBe(true)
    expect(new Set(keys.map(({ kid }) => kid)).size).toBe(keys.length)
  })

  it('discovery and keys may be cached, and are asked for again cheaply', async () => {
    for (const path of ['/oidc/.well-known/openid-configuration', '/oidc/jwks']) {
      const first = await fetch(`${provider.origin}${path}`)
      expect(first.headers.get('cache-control')).toMatch(/max-age=\d+/)
      const again = await fetch(`${provider.origin}${path}`, {
        headers: { 'if-none-match': first.headers.get('etag') ?? '', 'cache-control': 'max-age=0' },
      })
      expect(again.status).toBe(304)
    }
  })
})
