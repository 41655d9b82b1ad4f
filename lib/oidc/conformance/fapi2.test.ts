import { decodeProtectedHeader } from 'jose'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { setProtocol, setTokenPolicy } from '#lib/clients/index.ts'
import { systemContext } from '#lib/context.ts'
import { authorizeUrl, loggedIn, pkce, post, type TestBrowser } from '../testing.ts'
import { CALLBACK, client, makeClient, owner, provider, type TestClient, useFlow } from '../testing-flow.ts'
import { assertion, makeKey, proof, seconds, type TestKey } from '../testing-proofs.ts'

// Modules of the published plan "FAPI 2.0 Security Profile Final", by their names without the prefix fapi2-security-profile-final-, for a client
// of which the owner wants everything: PAR, DPoP, private_key_jwt, ID tokens by ES256. Others of the plan are in dpop.test.ts, client-keys.test.ts and
// pushed-requests.test.ts: docs/conformance.md has the whole list.

useFlow()

const ctx = systemContext('test')
type Params = Record<string, string | undefined>

let app: TestClient
let other: TestClient
const keys = new Map<string, TestKey>()
let holder: TestKey
let nonce = ''

async function strictClient(): Promise<TestClient> {
  const made = await makeClient(client.teamId)
  const key = await makeKey('ES256')
  keys.set(made.id, key)
  const jwks = JSON.stringify({ keys: [key.jwk] })
  await setProtocol({ ctx, input: { clientId: made.id, authMethod: 'private_key_jwt', jwks, requirePar: true, requireDpop: true } })
  // RS256 is not among the profile's algorithms (§5.4.1).
  await setTokenPolicy({ ctx, input: { clientId: made.id, idTokenSignedResponseAlg: 'ES256' } })
  return made
}

beforeAll(async () => {
  app = await strictClient()
  other = await strictClient()
  holder = await makeKey('ES256')
})

/** A POST by a client that proves itself with its key; `dpop` proves the token's key. The nonce is learned on the way. */
async function send(path: string, form: Params, { as = app, dpop }: { as?: TestClient; dpop?: TestKey } = {}) {
  const body = Object.fromEntries(Object.entries(form).filter((entry): entry is [string, string] => entry[1] !== undefined))
  for (let tries = 0; ; tries++) {
    const own = await assertion(keys.get(as.id) as TestKey, as.id, `${provider.origin}/oidc`)
    const url = `${provider.origin}${path}`
    const headers: Record<string, string> = dpop ? { dpop: await proof(dpop, 'POST', url, nonce ? { nonce } : {}) } : {}
    const answer = await post(provider.origin, path, { ...own, ...body }, undefined, headers)
    nonce = answer.headers.get('dpop-nonce') ?? nonce
    if (answer.body.error !== 'use_dpop_nonce' || tries > 1) return answer
  }
}

const request = (challenge: string | undefined, extra: Params = {}): Params => ({
  response_type: 'code',
  redirect_uri: CALLBACK,
  scope: 'openid email offline_access',
  code_challenge: challenge,
  code_challenge_method: challenge && 'S256',
  state: 'pushed',
  ...extra,
})

const push = (form: Params, options?: Parameters<typeof send>[2]) => send('/oidc/request', form, options)

function follow(browser: TestBrowser, requestUri: unknown, as = app, extra: Record<string, string> = {}) {
  const query = new URLSearchParams({ client_id: as.id, request_uri: String(requestUri), ...extra })
  return browser.go(`${provider.origin}/oidc/auth?${query}`, provider.origin)
}

/** Up to the code. */
async function code(extra: Params = {}, options?: Parameters<typeof send>[2]) {
  const { verifier, challenge } = pkce()
  const pushed = await push(request(challenge, extra), options)
  const { browser } = await loggedIn(owner)
  const end = await follow(browser, pushed.body.request_uri)
  return { verifier, end, code: end.location?.searchParams.get('code') ?? '' }
}

const redeem = (form: Params, options?: Parameters<typeof send>[2]) =>
  send('/oidc/token', { grant_type: 'authorization_code', redirect_uri: CALLBACK, ...form }, options)

describe('fapi2-security-profile-final-test-plan', () => {
  it('happy-flow and refresh-token: tokens bound to the key, refreshed by it', async () => {
    const { code: value, verifier, end } = await code()
    expect(end.location?.searchParams.get('iss')).toBe(`${provider.origin}/oidc`)
    const answer = await redeem({ code: value, code_verifier: verifier }, { dpop: holder })
    expect(answer.body).toMatchObject({ token_type: 'DPoP' })
    expect(decodeProtectedHeader(String(answer.body.id_token)).alg).toBe('ES256')
    const form = { grant_type: 'refresh_token', refresh_token: String(answer.body.refresh_token) }
    expect((await send('/oidc/token', form, { dpop: holder })).status).toBe(200)
  })

  it('ensure-authorization-request-without-state-success', async () => {
    const { end } = await code({ state: undefined })
    expect(end.location?.searchParams.get('code')).toBeTruthy()
    expect(end.location?.searchParams.has('state')).toBe(false)
  })

  it('ensure-unsigned-authorization-request-without-using-par-fails', async () => {
    const { browser } = await loggedIn(owner)
    const end = await browser.go(authorizeUrl(provider.origin, { client_id: app.id, ...request(pkce().challenge) }), provider.origin)
    expect(end.location?.searchParams.get('code') ?? null).toBeNull()
    expect(end.location?.searchParams.get('error')).toBe('invalid_request')
  })

  it('ensure-redirect-uri-in-authorization-request', async () => {
    expect((await push(request(pkce().challenge, { redirect_uri: undefined }))).body.error).toBe('invalid_request')
  })

  it.each([
    ['par-ensure-pkce-required', { code_challenge: undefined, code_challenge_method: undefined }, 'invalid_request'],
    ['par-plain-pkce-rejected', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['ensure-response-type-code-idtoken-fails', { response_type: 'code id_token' }, 'unsupported_response_type'],
    ['ensure-response-type-token-fails', { response_type: 'token' }, 'unsupported_response_type'],
    ['par-authorization-request-containing-request_uri-form-param', { request_uri: 'urn:x' }, 'request_uri_not_supported'],
  ])('%s', async (_name, extra: Params, error) => {
    const answer = await push(request(pkce().challenge, extra))
    expect([answer.status, answer.body.error]).toEqual([400, error])
  })

  it('par-attempt-invalid-http-method', async () => {
    const answer = await fetch(`${provider.origin}/oidc/request?${new URLSearchParams({ client_id: app.id })}`)
    // RFC 9126 §2.3: "the authorization server responds with an HTTP 405 (Method Not Allowed) status code".
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST, OPTIONS'])
    expect(answer.headers.get('content-type')).toContain('application/json')
  })

  it('par-attempt-reuse-request_uri', async () => {
    const { challenge } = pkce()
    const { browser } = await loggedIn(owner)
    const { request_uri: uri } = (await push(request(challenge))).body
    expect((await follow(browser, uri)).location?.searchParams.get('code')).toBeTruthy()
    const again = await follow(browser, uri)
    expect([again.status, again.location]).toEqual([400, null])
  })

  it('par-ensure-reused-request-uri-prior-to-auth-completion-succeeds', async () => {
    const { browser } = await loggedIn(owner)
    const { request_uri: uri } = (await push(request(pkce().challenge))).body
    // Opened and left: the log-in of a browser in which nobody is logged in.
    const { TestBrowser: Anonymous } = await import('../testing.ts')
    expect((await follow(new Anonymous(), uri)).response.headers.get('x-prompt')).toBe('login')
    expect((await follow(browser, uri)).location?.searchParams.get('code')).toBeTruthy()
  })

  it('par-attempt-to-use-expired-request_uri', async () => {
    const { request_uri: uri } = (await push(request(pkce().challenge))).body
    const { browser } = await loggedIn(owner)
    vi.useFakeTimers({ now: Date.now() + 61_000, toFake: ['Date'] })
    const end = await follow(browser, uri).finally(() => vi.useRealTimers())
    expect([end.status, end.location]).toEqual([400, null])
  })

  it('par-attempt-to-use-request_uri-for-different-client', async () => {
    const { request_uri: uri } = (await push(request(pkce().challenge))).body
    const end = await follow((await loggedIn(owner)).browser, uri, other)
    expect([end.status, end.location]).toEqual([400, null])
  })

  it('par-without-duplicate-parameters: what stands beside the request_uri does not count', async () => {
    const { browser } = await loggedIn(owner)
    const { request_uri: uri } = (await push(request(pkce().challenge))).body
    const end = await follow(browser, uri, app, { state: 'outside', scope: 'openid profile' })
    expect(end.location?.searchParams.get('state') ?? 'pushed').toBe('pushed')
  })

  it.each([
    ['ensure-pkce-code-verifier-required', undefined],
    ['incorrect-pkce-code-verifier-rejected', pkce().verifier],
  ])('%s', async (_name, wrong) => {
    const { code: value } = await code()
    const answer = await redeem({ code: value, code_verifier: wrong }, { dpop: holder })
    expect([answer.status, answer.body.error]).toEqual([400, 'invalid_grant'])
  })

  it('ensure-authorization-code-is-bound-to-client', async () => {
    const { code: value, verifier } = await code()
    const answer = await redeem({ code: value, code_verifier: verifier }, { as: other, dpop: holder })
    expect(answer.body.error).toBe('invalid_grant')
  })

  it('attempt-reuse-authorization-code-after-one-second', async () => {
    const { code: value, verifier } = await code()
    expect((await redeem({ code: value, code_verifier: verifier }, { dpop: holder })).status).toBe(200)
    expect((await redeem({ code: value, code_verifier: verifier }, { dpop: holder })).body.error).toBe('invalid_grant')
  })

  it('ensure-holder-of-key-required: no token without a proof', async () => {
    const { code: value, verifier } = await code()
    const answer = await redeem({ code: value, code_verifier: verifier })
    expect(answer.status).toBe(400)
    expect(answer.body.access_token).toBeUndefined()
  })

  it('ensure-dpop-auth-code-binding-success and ensure-dpopproof-at-par-endpoint-binding-success', async () => {
    const { code: value, verifier } = await code({}, { dpop: holder })
    expect((await redeem({ code: value, code_verifier: verifier }, { dpop: holder })).status).toBe(200)
  })

  it('ensure-token-endpoint-fails-with-mismatched-dpop-proof-jkt', async () => {
    const { code: value, verifier } = await code({}, { dpop: holder })
    const answer = await redeem({ code: value, code_verifier: verifier }, { dpop: await makeKey('ES256') })
    expect(answer.body.access_token).toBeUndefined()
    expect(answer.status).toBe(400)
  })

  it('ensure-client-id-in-token-endpoint: an assertion alone names the client', async () => {
    const { code: value, verifier } = await code()
    const { client_id: _, ...own } = await assertion(keys.get(app.id) as TestKey, app.id, `${provider.origin}/oidc`)
    const url = `${provider.origin}/oidc/token`
    const form = { ...own, grant_type: 'authorization_code', redirect_uri: CALLBACK, code: value, code_verifier: verifier }
    const first = await post(provider.origin, '/oidc/token', form, undefined, { dpop: await proof(holder, 'POST', url, { nonce }) })
    expect([200, 400]).toContain(first.status)
    expect(first.status === 200 || first.body.error === 'use_dpop_nonce').toBe(true)
  })

  it.each([
    ['ensure-dpopproof-with-iat-10seconds-after-succeeds', 10],
    ['ensure-dpopproof-with-iat-10seconds-before-succeeds', -10],
  ])('%s', async (_name, shift) => {
    const { code: value, verifier } = await code()
    const url = `${provider.origin}/oidc/token`
    const own = await assertion(keys.get(app.id) as TestKey, app.id, `${provider.origin}/oidc`)
    const form = { ...own, grant_type: 'authorization_code', redirect_uri: CALLBACK, code: value, code_verifier: verifier }
    const dpop = await proof(holder, 'POST', url, { nonce, iat: seconds() + shift })
    expect((await post(provider.origin, '/oidc/token', form, undefined, { dpop })).status).toBe(200)
  })
})
