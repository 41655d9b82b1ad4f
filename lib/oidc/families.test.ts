import { describe, expect, it } from 'vitest'
import { disableClient, enableClient } from '#lib/clients/index.ts'
import { systemContext } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { setDomain } from '#lib/domains/index.ts'
import { takeBackConsent } from '#lib/grants/index.ts'
import { flushRequests } from '#lib/requests/index.ts'
import { authorizeUrl, pkce, post } from './testing.ts'
import { CALLBACK, client, getCode, makeClient, owner, provider, refresh, stranger, tokens, useFlow, userinfo } from './testing-flow.ts'

useFlow()

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
      ['token:refresh_token', 'invalid_grant', 400, client.teamId],
      ['token:authorization_code', 'ok', 200, client.teamId],
    ])
    expect(seen).toContainEqual(['authorization', 'ok', 303, client.teamId])
    expect(seen).toContainEqual(['login', 'ok', 303, client.teamId])
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
