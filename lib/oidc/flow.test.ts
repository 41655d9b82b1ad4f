import { describe, expect, it } from 'vitest'
import { createSecret, revokeSecret } from '#lib/clients/index.ts'
import { systemContext } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { authorizeUrl, pkce, post } from './testing.ts'
import {
  CALLBACK,
  client,
  getCode,
  makeClient,
  owner,
  provider,
  redeem,
  refresh,
  type TestClient,
  tokens,
  useFlow,
  userinfo,
} from './testing-flow.ts'

useFlow()

describe('authorization code with PKCE', () => {
  it('logs in, asks consent, and gives tokens; the second time nothing is asked', async () => {
    const fresh = await makeClient(client.teamId)
    const first = await getCode(owner, fresh)
    expect(first.browser.prompts).toEqual(['login', 'consent'])
    expect(first.end.location?.searchParams.get('state')).toBe('the-state')
    expect(first.end.location?.searchParams.get('iss')).toBe(`${provider.origin}/oidc`)
    const answer = await redeem(first.code, first.verifier, fresh)
    expect(answer.status).toBe(200)
    expect(Object.keys(answer.body).sort()).toEqual(['access_token', 'expires_in', 'id_token', 'refresh_token', 'scope', 'token_type'])
    const again = await getCode(owner, fresh)
    expect(again.browser.prompts).toEqual(['login'])
  })

  it('asks again for more scopes only, and always with prompt=consent', async () => {
    const fresh = await makeClient(client.teamId)
    await getCode(owner, fresh, { scope: 'openid' })
    expect((await getCode(owner, fresh, { scope: 'openid email' })).browser.prompts).toEqual(['login', 'consent'])
    expect((await getCode(owner, fresh, { scope: 'openid email' })).browser.prompts).toEqual(['login'])
    expect((await getCode(owner, fresh, { scope: 'openid email', prompt: 'consent' })).browser.prompts).toEqual(['login', 'consent'])
  })

  it('answers prompt=none with login_required, then with a code', async () => {
    const { verifier: _, challenge } = pkce()
    const url = authorizeUrl(provider.origin, {
      client_id: client.id,
      redirect_uri: CALLBACK,
      scope: 'openid',
      code_challenge: challenge,
      prompt: 'none',
    })
    const { TestBrowser } = await import('./testing.ts')
    const out = await new TestBrowser().go(url, provider.origin)
    expect(out.location?.searchParams.get('error')).toBe('login_required')
    const { browser } = await getCode()
    const end = await browser.go(url, provider.origin)
    expect(end.location?.searchParams.get('code')).toBeTruthy()
  })

  it('wants a fresh log-in for prompt=login', async () => {
    const { browser } = await getCode()
    const url = authorizeUrl(provider.origin, {
      client_id: client.id,
      redirect_uri: CALLBACK,
      scope: 'openid',
      code_challenge: pkce().challenge,
      prompt: 'login',
    })
    // Sessions count from whole seconds: one that began in an earlier second is not fresh.
    await db().session.updateMany({ data: { authenticatedAt: new Date(Date.now() - 5_000) } })
    const end = await browser.go(url, provider.origin)
    expect(end.response.headers.get('x-prompt')).toBe('login')
    expect(end.text).toBe('log in')
  })

  it('gives the claims that were asked for', async () => {
    const { access } = await tokens()
    const response = await fetch(`${provider.origin}/oidc/me`, { headers: { authorization: `Bearer ${access}` } })
    expect(await response.json()).toMatchObject({
      sub: (owner.actor as { sub: string }).sub,
      email: (owner.actor as { email: string }).email,
      email_verified: false,
    })
  })

  it('refreshes with rotation', async () => {
    const { refresh: token } = await tokens()
    const second = await refresh(token)
    expect(second.status).toBe(200)
    expect(second.body.refresh_token).not.toBe(token)
    expect((await refresh(String(second.body.refresh_token))).status).toBe(200)
  })

  it('gives no refresh token without offline_access', async () => {
    const { code, verifier } = await getCode(owner, client, { scope: 'openid' })
    expect((await redeem(code, verifier)).body.refresh_token).toBeUndefined()
  })
})

describe('client credentials and several secrets', () => {
  const get = (using: { id: string; secret: string }) => post(provider.origin, '/oidc/token', { grant_type: 'client_credentials' }, using)

  it('work with each active secret, and no longer with a revoked one', async () => {
    const second = await createSecret({ ctx: systemContext('test'), input: { clientId: client.id, mode: 'live' } as never })
    expect((await get(client)).status).toBe(200)
    expect((await get({ id: client.id, secret: second.value })).status).toBe(200)
    await revokeSecret({ ctx: systemContext('test'), input: { clientId: client.id, secretId: second.id } })
    expect((await get({ id: client.id, secret: second.value })).body.error).toBe('invalid_client')
  })

  it('are refused for the secret of another client', async () => {
    const other = await makeClient(client.teamId)
    expect((await get({ id: client.id, secret: other.secret })).body.error).toBe('invalid_client')
  })

  it('need the mode of the domain when a code is redeemed', async () => {
    const live = await createSecret({ ctx: systemContext('test'), input: { clientId: client.id, mode: 'live' } as never })
    const { code, verifier } = await getCode()
    const answer = await redeem(code, verifier, { ...client, secret: live.value })
    expect(answer.body).toEqual({ error: 'invalid_grant', error_description: 'a live secret cannot be used for a test domain' })
  })
})

describe('introspection and revocation', () => {
  it('tell the owner of the token only', async () => {
    const { access, refresh: refreshToken } = await tokens()
    const other = await makeClient(client.teamId)
    const ask = (using: TestClient, token: string) => post(provider.origin, '/oidc/token/introspection', { token }, using)
    expect((await ask(client, access)).body).toMatchObject({ active: true, client_id: client.id })
    expect((await ask(other, access)).body).toEqual({ active: false })
    await post(provider.origin, '/oidc/token/revocation', { token: refreshToken }, other)
    expect((await ask(client, refreshToken)).body.active).toBe(true)
    await post(provider.origin, '/oidc/token/revocation', { token: refreshToken }, client)
    expect((await ask(client, refreshToken)).body).toEqual({ active: false })
    expect(await userinfo(access)).toBe(401)
  })
})
