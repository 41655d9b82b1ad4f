import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createClient, createSecret, disableClient, enableClient, revokeSecret } from '#lib/clients/index.ts'
import { type Ctx, systemContext } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { setDomain } from '#lib/domains/index.ts'
import { takeBackConsent } from '#lib/grants/index.ts'
import { flushRequests } from '#lib/requests/index.ts'
import { makeCast } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { authorizeUrl, loggedIn, pkce, post, startTestProvider, type TestProvider } from './testing.ts'

const CALLBACK = 'http://localhost:4000/cb'
const SCOPE = 'openid profile email offline_access'

type TestClient = { id: string; secret: string; teamId: string }

const database = useTestDatabase()
let provider: TestProvider
let owner: Ctx
let stranger: Ctx
let client: TestClient

beforeAll(async () => {
  provider = await startTestProvider(database.url())
  const cast = await makeCast()
  owner = cast.owner
  stranger = cast.stranger
  await db().team.update({ where: { id: cast.teamId }, data: { planKey: 'enterprise' } })
  client = await makeClient(cast.teamId)
})

afterAll(() => provider.close())

async function makeClient(teamId: string, redirectUris = [CALLBACK]): Promise<TestClient> {
  const created = await createClient({ ctx: systemContext('test'), input: { teamId, name: 'Test app', redirectUris } as never })
  return { id: created.client.id, secret: created.secret?.value ?? '', teamId }
}

/** Logs the person in and allows, up to the code. */
async function getCode(ctx: Ctx = owner, using = client, extra: Record<string, string | undefined> = {}) {
  const { browser, sessionId } = await loggedIn(ctx)
  const { verifier, challenge } = pkce()
  const url = authorizeUrl(provider.origin, {
    client_id: using.id,
    redirect_uri: CALLBACK,
    scope: SCOPE,
    code_challenge: challenge,
    ...extra,
  })
  const end = await browser.go(url, provider.origin)
  return { browser, sessionId, verifier, end, code: end.location?.searchParams.get('code') ?? '' }
}

function redeem(code: string, verifier: string, using = client, extra: Record<string, string> = {}) {
  return post(
    provider.origin,
    '/oidc/token',
    { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: CALLBACK, ...extra },
    using,
  )
}

function refresh(token: string, using = client) {
  return post(provider.origin, '/oidc/token', { grant_type: 'refresh_token', refresh_token: token }, using)
}

async function userinfo(token: string): Promise<number> {
  return (await fetch(`${provider.origin}/oidc/me`, { headers: { authorization: `Bearer ${token}` } })).status
}

async function tokens(ctx = owner, using = client) {
  const { code, verifier, sessionId, browser } = await getCode(ctx, using)
  const answer = await redeem(code, verifier, using)
  expect(answer.body.error_description).toBeUndefined()
  return {
    access: String(answer.body.access_token),
    refresh: String(answer.body.refresh_token),
    id: String(answer.body.id_token),
    sessionId,
    browser,
  }
}

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

  it.each([
    ['no PKCE', { code_challenge: undefined, code_challenge_method: undefined }, 'invalid_request'],
    ['PKCE plain', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['a response type that is off', { response_type: 'token' }, 'unsupported_response_type'],
    ['a scope that the client lacks', { scope: 'openid useraddresses' }, 'invalid_scope'],
  ])('%s goes back to the client as an error', async (_name, params, error) => {
    const { end } = await getCode(owner, client, params)
    expect(end.location?.origin).toBe('http://localhost:4000')
    const answer = new URLSearchParams(end.location?.search || end.location?.hash.slice(1))
    expect(answer.get('error')).toBe(error)
    expect(answer.get('code')).toBeNull()
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

describe('races', () => {
  // Several rounds: the losers end the family at every moment of the winner's way, and the winner must still be answered.
  it.each([1, 2, 3, 4, 5])('20 redemptions of one code give one success, and its family is dead (%i)', async () => {
    const { code, verifier } = await getCode()
    const answers = await Promise.all(Array.from({ length: 20 }, () => redeem(code, verifier)))
    const good = answers.filter(({ status }) => status === 200)
    expect(good).toHaveLength(1)
    expect(answers.filter(({ body }) => body.error === 'invalid_grant')).toHaveLength(19)
    expect(await userinfo(String(good[0]?.body.access_token))).toBe(401)
    expect((await refresh(String(good[0]?.body.refresh_token))).body.error).toBe('invalid_grant')
  })

  it.each([1, 2, 3, 4, 5])('20 refreshes of one token give one success, and its family is dead (%i)', async () => {
    const { refresh: token } = await tokens()
    const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(token)))
    const good = answers.filter(({ status }) => status === 200)
    expect(good).toHaveLength(1)
    expect(answers.filter(({ body }) => body.error === 'invalid_grant')).toHaveLength(19)
    expect((await refresh(String(good[0]?.body.refresh_token))).body.error).toBe('invalid_grant')
  })

  it('a replayed code ends the family of its first redemption', async () => {
    const { code, verifier } = await getCode()
    const first = await redeem(code, verifier)
    expect(await userinfo(String(first.body.access_token))).toBe(200)
    await redeem(code, verifier)
    expect(await userinfo(String(first.body.access_token))).toBe(401)
  })

  it('one family ending leaves the others of the same person alone', async () => {
    const [a, b] = [await tokens(), await tokens()]
    await refresh(a.refresh)
    await refresh(a.refresh)
    expect(await userinfo(a.access)).toBe(401)
    expect(await userinfo(b.access)).toBe(200)
  })
})

describe('what ends or suspends tokens', () => {
  it('disabling the client suspends everything, enabling brings it back', async () => {
    const fresh = await makeClient(client.teamId)
    const { access, refresh: token } = await tokens(owner, fresh)
    await disableClient({ ctx: systemContext('test'), input: { clientId: fresh.id } })
    expect(await userinfo(access)).toBe(401)
    expect((await refresh(token, fresh)).body.error).toBe('invalid_client')
    expect((await getCode(owner, fresh)).end.status).toBe(400)
    expect((await post(provider.origin, '/oidc/token/introspection', { token: access }, client)).body).toEqual({ active: false })
    await enableClient({ ctx: systemContext('test'), input: { clientId: fresh.id } })
    expect(await userinfo(access)).toBe(200)
    expect((await refresh(token, fresh)).status).toBe(200)
  })

  it('taking back the consent ends every family, and the next log-in asks again', async () => {
    const fresh = await makeClient(client.teamId)
    const [a, b] = [await tokens(owner, fresh), await tokens(owner, fresh)]
    await takeBackConsent({ ctx: owner, input: { clientId: fresh.id } })
    expect([await userinfo(a.access), await userinfo(b.access)]).toEqual([401, 401])
    expect((await getCode(owner, fresh)).browser.prompts).toContain('consent')
  })

  it('logging out by the application ends the account session, single sign-on and the families, not the consent', async () => {
    const { access, refresh: token, id, browser, sessionId } = await tokens()
    const page = await browser.go(`/oidc/session/end?id_token_hint=${id}`, provider.origin)
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
    const form = {
      method: 'POST',
      body: new URLSearchParams({ xsrf, logout: 'yes' }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    }
    const end = await browser.go('/oidc/session/end/confirm', provider.origin, form)
    expect(end.status).toBe(200)
    expect((await db().session.findUniqueOrThrow({ where: { id: sessionId } })).endedAt).not.toBeNull()
    expect(await userinfo(access)).toBe(401)
    expect((await refresh(token)).body.error).toBe('invalid_grant')
    const url = authorizeUrl(provider.origin, {
      client_id: client.id,
      redirect_uri: CALLBACK,
      scope: 'openid',
      code_challenge: pkce().challenge,
      prompt: 'none',
    })
    expect((await browser.go(url, provider.origin)).location?.searchParams.get('error')).toBe('login_required')
    expect((await getCode()).browser.prompts).toEqual(['login'])
  })

  it('ending the account session ends single sign-on', async () => {
    const { browser, sessionId } = await getCode()
    await db().session.update({ where: { id: sessionId }, data: { endedAt: new Date() } })
    const url = authorizeUrl(provider.origin, {
      client_id: client.id,
      redirect_uri: CALLBACK,
      scope: 'openid',
      code_challenge: pkce().challenge,
      prompt: 'none',
    })
    expect((await browser.go(url, provider.origin)).location?.searchParams.get('error')).toBe('login_required')
  })
})

describe('domain rules', () => {
  const set = (clientId: string, host: string, input: object) =>
    setDomain({ ctx: systemContext('test'), input: { clientId, host, ...input } as never })

  it.each([
    ['inactive', { active: false }, 'is inactive'],
    ['log-in not allowed', { allowLogin: false }, 'does not allow log-in'],
  ])('%s: an error page at authorization, and no refresh', async (_name, change, reason) => {
    const fresh = await makeClient(client.teamId)
    const { refresh: token } = await tokens(owner, fresh)
    await set(fresh.id, 'localhost', change)
    const { end } = await getCode(owner, fresh)
    expect([end.status, end.location]).toEqual([400, null])
    const answer = await refresh(token, fresh)
    expect(answer.body.error).toBe('invalid_grant')
    expect(answer.body.error_description).toContain(reason)
  })

  it('test mode lets members of the team in, tells others why', async () => {
    const { end } = await getCode(stranger)
    expect(end.response.headers.get('x-prompt')).toBe('test_mode')
  })

  it('prompt=none answers access_denied for others', async () => {
    const { browser } = await getCode(stranger)
    const url = authorizeUrl(provider.origin, {
      client_id: client.id,
      redirect_uri: CALLBACK,
      scope: 'openid',
      code_challenge: pkce().challenge,
      prompt: 'none',
    })
    expect((await browser.go(url, provider.origin)).location?.searchParams.get('error')).toBe('access_denied')
  })
})

describe('the request log', () => {
  it('has a row for each request: whose, decided how, and no secret', async () => {
    const { access, refresh: token } = await tokens()
    await refresh(`${token}x`)
    await flushRequests()
    const rows = await db().requestLog.findMany({ where: { clientId: client.id }, orderBy: { at: 'desc' } })
    const seen = rows.map(({ endpoint, decision, status, teamId }) => [endpoint, decision, status, teamId])
    expect(seen.slice(0, 2)).toEqual([
      ['token', 'invalid_grant', 400, client.teamId],
      ['token', 'ok', 200, client.teamId],
    ])
    expect(seen).toContainEqual(['authorization', 'ok', 303, client.teamId])
    expect(seen).toContainEqual(['resume', 'ok', 303, client.teamId])
    expect(rows[0]?.detail).toMatchObject({ grant_type: 'refresh_token', reason: 'refresh token not found' })
    const text = JSON.stringify(rows)
    for (const secret of [access, token, client.secret]) expect(text).not.toContain(secret)
  })

  it('shows a client’s team who failed to be it', async () => {
    await post(provider.origin, '/oidc/token', { grant_type: 'client_credentials' }, { id: client.id, secret: 'wrong' })
    await flushRequests()
    const row = await db().requestLog.findFirstOrThrow({ orderBy: { at: 'desc' } })
    expect(row).toMatchObject({ clientId: client.id, teamId: client.teamId, secretId: null, decision: 'invalid_client', status: 401 })
  })
})
