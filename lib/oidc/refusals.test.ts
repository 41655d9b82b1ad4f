import { describe, expect, it } from 'vitest'
import { setProtocol } from '#lib/clients/index.ts'
import { systemContext } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { setDomain } from '#lib/domains/index.ts'
import { flushRequests } from '#lib/requests/index.ts'
import { authorizeUrl, loggedIn, pkce, post } from './testing.ts'
import { CALLBACK, client, getCode, makeClient, owner, provider, redeem, stranger, useFlow } from './testing-flow.ts'

useFlow()

describe('what must be refused, without a redirect to an unknown place', () => {
  const bad: [string, Record<string, string | undefined>][] = [
    ['an unknown client', { client_id: 'cl_unknown' }],
    ['no client', { client_id: undefined }],
    ['no redirect URI', { redirect_uri: undefined }],
    ['a trailing slash', { redirect_uri: `${CALLBACK}/` }],
    ['another port', { redirect_uri: 'http://localhost:4001/cb' }],
    ['another case', { redirect_uri: 'http://localhost:4000/CB' }],
    ['a path that climbs', { redirect_uri: 'http://localhost:4000/%2f../cb' }],
    ['a query', { redirect_uri: `${CALLBACK}?x=1` }],
    ['another scheme', { redirect_uri: 'https://localhost:4000/cb' }],
    ['user information', { redirect_uri: 'http://localhost:4000@evil.example/cb' }],
  ]
  it.each(bad)('%s', async (_name, params) => {
    const { end } = await getCode(owner, client, params)
    expect(end.location).toBeNull()
    expect(end.status).toBe(400)
    expect(end.response.headers.get('content-type')).toContain('text/html')
    expect(end.response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  })

  it('offers the fallback address of the domain, or of the primary one, and of an unproven host only to testers', async () => {
    const other = await makeClient(client.teamId, [CALLBACK])
    const bad = { redirect_uri: `${CALLBACK}/not-registered` }
    const page = async (who = owner, params = bad) => (await getCode(who, other, params)).end.text
    expect(await page()).not.toContain('class="button"')

    const set = (host: string, fallbackUri: string) =>
      setDomain({ ctx: systemContext('test'), input: { clientId: other.id, host, fallbackUri } })
    await set('localhost', 'http://localhost:4000/?a="><b>')
    expect(await page()).toContain('href="http://localhost:4000/?a=&#34;&#62;&#60;b&#62;"')
    await set('localhost', 'http://localhost:4000/start?a=1&b=2')
    const local = await page(stranger)
    expect(local).toContain('<a class="button" rel="noreferrer" href="http://localhost:4000/start?a=1&#38;b=2">')
    expect(local).toContain('Back to Test app (localhost)')

    await set('app.example.com', 'https://app.example.com/home')
    const there = { redirect_uri: 'https://app.example.com/not-registered' }
    expect(await page(owner, there)).toContain('href="https://app.example.com/home"')
    expect(await page(stranger, there)).not.toContain('class="button"')
    await db().domain.updateMany({ where: { clientId: other.id, host: 'app.example.com' }, data: { verifiedAt: new Date() } })
    expect(await page(stranger, there)).toContain('href="https://app.example.com/home"')
    // An address of nobody's: the primary domain's.
    expect(await page(stranger, { redirect_uri: 'https://evil.example/' })).toContain('href="http://localhost:4000/start')
  })

  it('keeps of a refused redirect URI what tells it apart, and nothing that it may carry', async () => {
    await getCode(owner, client, { redirect_uri: 'http://ada:pass@localhost:4000/cb?code=abc#frag' })
    await flushRequests()
    const row = await db().requestLog.findFirstOrThrow({ where: { clientId: client.id }, orderBy: { at: 'desc' } })
    expect(row).toMatchObject({
      decision: 'invalid_redirect_uri',
      detail: { redirect_uri: 'http://localhost:4000/cb', redirect_uri_cut: true },
    })
    expect(JSON.stringify(row.detail)).not.toMatch(/ada|abc|frag/)
    await fetch(`${provider.origin}/oidc/session/end?client_id=${client.id}&post_logout_redirect_uri=${encodeURIComponent(CALLBACK)}`)
    await flushRequests()
    const logout = await db().requestLog.findFirstOrThrow({ where: { clientId: client.id }, orderBy: { at: 'desc' } })
    expect(logout).toMatchObject({
      decision: 'invalid_request',
      detail: { post_logout_redirect_uri: CALLBACK, description: expect.stringMatching(/^post_logout_redirect_uri/) },
    })
  })

  it.each([
    ['no PKCE', { code_challenge: undefined, code_challenge_method: undefined }, 'invalid_request'],
    ['PKCE plain', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['a response type that is off', { response_type: 'token' }, 'unsupported_response_type'],
    ['a scope that the client lacks', { scope: 'openid useraddresses' }, 'invalid_scope'],
    ['no scope', { scope: undefined }, 'invalid_scope'],
    ['no scope, silently', { scope: undefined, prompt: 'none' }, 'invalid_scope'],
    ['no scope, with consent', { scope: undefined, prompt: 'consent' }, 'invalid_scope'],
    ['unknown scopes alone', { scope: 'unknown orders:read' }, 'invalid_scope'],
  ])('%s goes back to the client as an error', async (_name, params, error) => {
    const { end } = await getCode(owner, client, params)
    expect(end.location?.origin).toBe('http://localhost:4000')
    const answer = new URLSearchParams(end.location?.search || end.location?.hash.slice(1))
    expect(answer.get('error')).toBe(error)
    expect(answer.get('code')).toBeNull()
  })

  it('asking for nothing, also where it is pushed or on a device, before anybody is asked', async () => {
    const form = {
      client_id: client.id,
      response_type: 'code',
      redirect_uri: CALLBACK,
      code_challenge: pkce().challenge,
      code_challenge_method: 'S256',
    }
    for (const scope of ['', 'unknown']) {
      const pushed = await post(provider.origin, '/oidc/request', { ...form, scope }, client)
      expect([pushed.status, pushed.body.error]).toEqual([400, 'invalid_scope'])
      expect(String(pushed.body.error_description)).toMatch(/^no known scope/)
    }
    const { browser } = await getCode(owner, client, { scope: 'unknown', prompt: 'consent' })
    expect(browser.prompts).toEqual([])
    const app = await makeClient(client.teamId)
    await setProtocol({ ctx: systemContext('test'), input: { clientId: app.id, deviceFlow: true } })
    expect((await post(provider.origin, '/oidc/device/auth', {}, app)).body.error).toBe('invalid_scope')
  })

  it('client credentials for unknown scopes only: an answer without scope says that all were granted (RFC 6749 §5.1)', async () => {
    const machine = async (scope?: string) =>
      (await post(provider.origin, '/oidc/token', { grant_type: 'client_credentials', ...(scope ? { scope } : {}) }, client)).body
    const refused = await machine('unknown other')
    expect([refused.error, refused.scope, refused.access_token]).toEqual(['invalid_scope', 'unknown other', undefined])
    expect(await machine('unknown email')).toMatchObject({ scope: 'email', access_token: expect.any(String) })
    const plain = await machine()
    expect(plain).toMatchObject({ access_token: expect.any(String) })
    expect(plain).not.toHaveProperty('scope')
  })

  it('a duplicated parameter', async () => {
    const { browser } = await loggedIn(owner)
    const url = authorizeUrl(provider.origin, {
      client_id: client.id,
      redirect_uri: CALLBACK,
      scope: 'openid',
      code_challenge: pkce().challenge,
    })
    const end = await browser.go(`${url}&scope=openid`, provider.origin)
    expect(end.location?.searchParams.get('error')).toBe('invalid_request')
    const twice = await browser.go(`${url}&redirect_uri=https://evil.example/`, provider.origin)
    expect(twice.location).toBeNull()
  })

  it.each([
    ['a code twice', 'invalid_grant'],
    ['a code by another client', 'invalid_grant'],
    ['a wrong verifier', 'invalid_grant'],
    ['another redirect URI', 'invalid_grant'],
  ])('%s', async (name, error) => {
    const { code, verifier } = await getCode()
    const other = await makeClient(client.teamId)
    if (name === 'a code twice') expect((await redeem(code, verifier)).status).toBe(200)
    const answer =
      name === 'a code by another client'
        ? await redeem(code, verifier, other)
        : name === 'a wrong verifier'
          ? await redeem(code, pkce().verifier)
          : name === 'another redirect URI'
            ? await redeem(code, verifier, client, { redirect_uri: `${CALLBACK}/` })
            : await redeem(code, verifier)
    expect(answer.status).toBe(400)
    expect(answer.body.error).toBe(error)
  })

  it.each([
    [
      'a secret with a typo',
      (secret: string) => `Basic ${btoa(`${client.id}:${secret.slice(0, -1)}${secret.endsWith('a') ? 'b' : 'a'}`)}`,
      401,
    ],
    ['no secret', () => `Basic ${btoa(`${client.id}:`)}`, 400],
    ['broken Basic encoding', () => 'Basic %%%', 400],
    ['Basic without a colon', () => `Basic ${btoa('abc')}`, 400],
    ['an unknown client', (secret: string) => `Basic ${btoa(`cl_nobody:${secret}`)}`, 401],
  ])('%s', async (_name, authorization, status) => {
    const response = await fetch(`${provider.origin}/oidc/token`, {
      method: 'POST',
      headers: { authorization: authorization(client.secret) },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    })
    expect(response.status).toBe(status)
    expect(['invalid_client', 'invalid_request']).toContain(((await response.json()) as { error: string }).error)
  })
})
