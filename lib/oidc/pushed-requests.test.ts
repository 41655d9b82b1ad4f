import { describe, expect, it } from 'vitest'
import { setProtocol } from '#lib/clients/index.ts'
import { systemContext } from '#lib/context.ts'
import { authorizeUrl, loggedIn, pkce, post, TestBrowser } from './testing.ts'
import { CALLBACK, client, makeClient, owner, provider, redeem, type TestClient, useFlow } from './testing-flow.ts'
import { makeKey, seconds, signed, type TestKey } from './testing-proofs.ts'

useFlow()

const ctx = systemContext('test')
const request = (challenge: string, extra: Record<string, string> = {}) => ({
  response_type: 'code',
  redirect_uri: CALLBACK,
  scope: 'openid email',
  code_challenge: challenge,
  code_challenge_method: 'S256',
  state: 'pushed',
  ...extra,
})
const push = (form: Record<string, string>, using: TestClient = client) =>
  post(provider.origin, '/oidc/request', { client_id: using.id, ...form }, using)
const at = (using: TestClient, requestUri: string) =>
  `${provider.origin}/oidc/auth?${new URLSearchParams({ client_id: using.id, request_uri: requestUri })}`

describe('pushed authorization requests (RFC 9126)', () => {
  it('lead to a code, once', async () => {
    const { verifier, challenge } = pkce()
    const pushed = await push(request(challenge))
    expect(pushed.status).toBe(201)
    expect(pushed.body.expires_in).toBe(60)
    const { browser } = await loggedIn(owner)
    const url = at(client, String(pushed.body.request_uri))
    const end = await browser.go(url, provider.origin)
    expect(end.location?.searchParams.get('state')).toBe('pushed')
    expect(end.location?.searchParams.get('iss')).toBe(`${provider.origin}/oidc`)
    expect((await redeem(end.location?.searchParams.get('code') ?? '', verifier)).status).toBe(200)

    const again = await browser.go(url, provider.origin)
    expect(again.location).toBeNull()
    expect([again.status, again.text.includes('invalid_request_uri')]).toEqual([400, true])
  })

  it('give one code of twenty parallel uses', async () => {
    const pushed = await push(request(pkce().challenge))
    const { browser } = await loggedIn(owner)
    // The provider's own session first, so that no log-in is asked.
    await browser.go(authorizeUrl(provider.origin, { client_id: client.id, ...request(pkce().challenge) }), provider.origin)
    const url = at(client, String(pushed.body.request_uri))
    const ends = await Promise.all(Array.from({ length: 20 }, () => browser.go(url, provider.origin)))
    expect(ends.filter(({ location }) => location?.searchParams.has('code'))).toHaveLength(1)
    expect(ends.every(({ status, location }) => status < 500 && !location?.searchParams.get('error')?.includes('server'))).toBe(true)
  })

  it('belong to the client that pushed them', async () => {
    const other = await makeClient(client.teamId)
    const pushed = await push(request(pkce().challenge))
    const end = await (await loggedIn(owner)).browser.go(at(other, String(pushed.body.request_uri)), provider.origin)
    expect(end.location).toBeNull()
    expect(end.status).toBe(400)
  })

  it.each([
    ['an unregistered redirect URI', { redirect_uri: 'https://evil.example/cb' }, 'invalid_request'],
    ['no PKCE', { code_challenge: '' }, 'invalid_request'],
    ['a request_uri inside', { request_uri: 'urn:ietf:params:oauth:request_uri:x' }, 'request_uri_not_supported'],
  ])('are refused with %s', async (_name, extra, error) => {
    const answer = await push(request(pkce().challenge, extra as Record<string, string>))
    expect(answer.status).toBe(400)
    expect(answer.body.error).toBe(error)
  })

  it('are refused without client authentication, and by an outside address', async () => {
    const answer = await post(provider.origin, '/oidc/request', { client_id: client.id, ...request(pkce().challenge) })
    expect([answer.status, answer.body.error]).toEqual([401, 'invalid_client'])
    const end = await new TestBrowser().go(at(client, 'https://evil.example/request.jwt'), provider.origin)
    expect([end.status, end.location]).toEqual([400, null])
  })

  it('are the only way where the owner says so', async () => {
    const strict = await makeClient(client.teamId)
    await setProtocol({ ctx, input: { clientId: strict.id, requirePar: true } })
    const { browser } = await loggedIn(owner)
    const plain = await browser.go(authorizeUrl(provider.origin, { client_id: strict.id, ...request(pkce().challenge) }), provider.origin)
    expect(plain.location?.searchParams.get('error')).toBe('invalid_request')
    const pushed = await push(request(pkce().challenge), strict)
    expect((await browser.go(at(strict, String(pushed.body.request_uri)), provider.origin)).location?.searchParams.get('code')).toBeTruthy()
  })
})

describe('signed request objects (RFC 9101)', () => {
  async function withKey(alg = 'ES256'): Promise<{ app: TestClient; key: TestKey }> {
    const app = await makeClient(client.teamId)
    const key = await makeKey(alg)
    await setProtocol({ ctx, input: { clientId: app.id, jwks: JSON.stringify({ keys: [key.jwk] }) } })
    return { app, key }
  }
  const claims = (app: TestClient, extra: Record<string, unknown> = {}) => ({
    iss: app.id,
    aud: `${provider.origin}/oidc`,
    client_id: app.id,
    iat: seconds(),
    exp: seconds() + 60,
    ...request(pkce().challenge),
    ...extra,
  })
  const go = async (app: TestClient, object: string, extra: Record<string, string> = {}) => {
    const { browser } = await loggedIn(owner)
    return browser.go(
      `${provider.origin}/oidc/auth?${new URLSearchParams({ client_id: app.id, request: object, ...extra })}`,
      provider.origin,
    )
  }
  /** What came back, wherever: at the client, or on the page for errors that must not be redirected. */
  const errorOf = (end: Awaited<ReturnType<typeof go>>) => end.location?.searchParams.get('error') ?? /invalid_[a-z_]+/.exec(end.text)?.[0]

  it.each(['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519'])('by value, signed with %s, give a code', async (alg) => {
    const { app, key } = await withKey(alg)
    const end = await go(app, await signed(key, claims(app)))
    expect(end.location?.searchParams.get('code')).toBeTruthy()
    expect(end.location?.searchParams.get('state')).toBe('pushed')
  })

  it('count alone: what stands outside is ignored', async () => {
    const { app, key } = await withKey()
    const end = await go(app, await signed(key, claims(app)), {
      scope: 'openid profile',
      redirect_uri: 'https://evil.example/',
      state: 'pushed',
    })
    expect(end.location?.origin).toBe(new URL(CALLBACK).origin)
    expect(end.location?.searchParams.get('code')).toBeTruthy()
  })

  it('may be pushed', async () => {
    const { app, key } = await withKey()
    const pushed = await push({ request: await signed(key, claims(app)) }, app)
    expect(pushed.status).toBe(201)
    const { browser } = await loggedIn(owner)
    expect((await browser.go(at(app, String(pushed.body.request_uri)), provider.origin)).location?.searchParams.get('code')).toBeTruthy()
  })

  it('are refused unsigned, by a symmetric key, by a foreign key, expired, without exp, issued in the future, for others', async () => {
    const { app, key } = await withKey()
    const stranger = await makeKey()
    const unsigned = `${btoa('{"alg":"none"}').replace(/=+$/, '')}.${Buffer.from(JSON.stringify(claims(app))).toString('base64url')}.`
    const { SignJWT } = await import('jose')
    const confused = new SignJWT(claims(app)).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(JSON.stringify(key.jwk)))
    const bad: [string, string][] = [
      ['unsigned', unsigned],
      ['HS256 over the public key', await confused],
      ['a foreign key', await signed({ ...stranger, jwk: { ...stranger.jwk, kid: key.jwk.kid ?? '' } }, claims(app))],
      ['expired', await signed(key, claims(app, { iat: seconds() - 600, exp: seconds() - 300 }))],
      ['no exp', await signed(key, claims(app, { exp: undefined }))],
      ['future iat', await signed(key, claims(app, { iat: seconds() + 600, exp: seconds() + 660 }))],
      ['another audience', await signed(key, claims(app, { aud: 'https://other.example' }))],
      ['another client', await signed(key, claims(app, { client_id: client.id }))],
      ['a client assertion', await signed(key, claims(app, { sub: app.id }))],
      ['nonsense', 'a.b.c'],
    ]
    for (const [name, object] of bad) {
      const end = await go(app, object, { redirect_uri: CALLBACK, response_type: 'code' })
      expect([name, end.location?.searchParams.get('code') ?? null, errorOf(end)]).toEqual([name, null, 'invalid_request_object'])
      expect(end.status).toBeLessThan(500)
    }
  })

  it.each(['state', 'max_age', 'resource', 'claims', 'unknown'])(
    'with an object for %s that has no text are refused, not broken',
    async (claim) => {
      const { app, key } = await withKey()
      await setProtocol({ ctx, input: { clientId: app.id, deviceFlow: true } })
      for (const value of [{ toString: 1 }, [{ toString: 'x', valueOf: null }]]) {
        const object = await signed(key, claims(app, { [claim]: value }))
        const end = await go(app, object, { redirect_uri: CALLBACK, response_type: 'code' })
        expect([errorOf(end), end.status]).toEqual(['invalid_request_object', 303])
        const pushed = await push({ request: object }, app)
        expect([pushed.status, pushed.body.error]).toEqual([400, 'invalid_request_object'])
        const device = await post(provider.origin, '/oidc/device/auth', { request: object }, app)
        expect([device.status, device.body.error]).toEqual([400, 'invalid_request_object'])
        // Who cannot prove itself learns that first.
        const unproven = await push({ request: object }, { ...app, secret: client.secret })
        expect([unproven.status, unproven.body.error]).toEqual([401, 'invalid_client'])
      }
    },
  )

  it('are required where the owner says so', async () => {
    const { app, key } = await withKey()
    await setProtocol({ ctx, input: { clientId: app.id, requireSignedRequest: true } })
    const { browser } = await loggedIn(owner)
    const plain = await browser.go(authorizeUrl(provider.origin, { client_id: app.id, ...request(pkce().challenge) }), provider.origin)
    expect(plain.location?.searchParams.get('error')).toBe('invalid_request')
    expect((await go(app, await signed(key, claims(app)))).location?.searchParams.get('code')).toBeTruthy()
  })
})
