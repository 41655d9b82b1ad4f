import { decodeJwt } from 'jose'
import { describe, expect, it } from 'vitest'
import { setProtocol, setTokenPolicy } from '#lib/clients/index.ts'
import { systemContext } from '#lib/context.ts'
import { db, pool } from '#lib/db.ts'
import { authorizeUrl, loggedIn, pkce, post, TestBrowser } from './testing.ts'
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
import { makeKey, proof } from './testing-proofs.ts'

useFlow()

const ctx = systemContext('test')

async function clientWith(policy: object): Promise<TestClient> {
  const made = await makeClient(client.teamId)
  await setTokenPolicy({ ctx, input: { clientId: made.id, ...policy } })
  return made
}

const life = async (kind: string, of: TestClient) => {
  const rows = await db().oidcArtifact.findMany({ where: { kind, clientId: of.id }, orderBy: { createdAt: 'desc' } })
  return Math.round(((rows[0]?.expiresAt?.getTime() ?? 0) - (rows[0]?.createdAt.getTime() ?? 0)) / 1000)
}

describe('lifetimes', () => {
  it('are the owner’s, of every kind of token', async () => {
    const app = await clientWith({ accessTokenTtl: 120, idTokenTtl: 180, refreshTokenTtl: 7_200, refreshTokenCap: 86_400 })
    const { code, verifier } = await getCode(owner, app)
    const { body } = await redeem(code, verifier, app)
    expect(body.expires_in).toBe(120)
    const { iat = 0, exp = 0 } = decodeJwt(String(body.id_token))
    expect(exp - iat).toBe(180)
    expect([await life('AccessToken', app), await life('RefreshToken', app), await life('Grant', app)]).toEqual([120, 7_200, 86_400])
    const machine = await post(provider.origin, '/oidc/token', { grant_type: 'client_credentials' }, app)
    expect(machine.body.expires_in).toBe(120)
  })

  it('end a family at its cap, however often it is refreshed', async () => {
    const app = await clientWith({ refreshTokenTtl: 3_600, refreshTokenCap: 3_600 })
    const { refresh: first } = await tokens(owner, app)
    expect((await refresh(first, app)).status).toBe(200)
    expect(await life('RefreshToken', app)).toBeLessThanOrEqual(3_600)
    await pool().query(`UPDATE oidc_artifacts SET expires_at = now() - interval '1 second' WHERE kind = 'Grant' AND client_id = $1`, [
      app.id,
    ])
    const { refresh: second } = await tokens(owner, client)
    expect((await refresh(second)).status).toBe(200)
    expect((await refresh(first, app)).body.error).toBe('invalid_grant')
  })

  it('ask for a log-in again when the last is older than single sign-on may last', async () => {
    const app = await clientWith({ sessionTtl: 600 })
    const { browser } = await getCode(owner, app)
    const url = authorizeUrl(provider.origin, {
      client_id: app.id,
      redirect_uri: CALLBACK,
      scope: 'openid',
      code_challenge: pkce().challenge,
    })
    expect((await browser.go(url, provider.origin)).location?.searchParams.has('code')).toBe(true)
    const old = await loggedIn(owner)
    await db().session.update({ where: { id: old.sessionId }, data: { authenticatedAt: new Date(Date.now() - 700_000) } })
    expect((await old.browser.go(url, provider.origin)).text).toBe('log in')
    const none = new TestBrowser()
    expect((await none.go(`${url}&prompt=none`, provider.origin)).location?.searchParams.get('error')).toBe('login_required')
  })
})

describe('max_age', () => {
  it('takes a log-in that is recent enough, and tells when it was', async () => {
    const { code, verifier } = await getCode(owner, client, { max_age: '600' })
    const { auth_time } = decodeJwt(String((await redeem(code, verifier)).body.id_token))
    expect(auth_time).toBeGreaterThan(Date.now() / 1000 - 60)
    const old = await loggedIn(owner)
    await db().session.update({ where: { id: old.sessionId }, data: { authenticatedAt: new Date(Date.now() - 700_000) } })
    const params = { client_id: client.id, redirect_uri: CALLBACK, scope: 'openid', code_challenge: pkce().challenge }
    expect((await old.browser.go(authorizeUrl(provider.origin, { ...params, max_age: '600' }), provider.origin)).text).toBe('log in')
    expect((await old.browser.go(authorizeUrl(provider.origin, { ...params, max_age: '0' }), provider.origin)).text).toBe('log in')
  })
})

describe('refresh tokens that stay', () => {
  it('are used again and again with their key, and by no other', async () => {
    const app = await makeClient(client.teamId)
    await db().client.update({ where: { id: app.id }, data: { type: 'public', tokenEndpointAuthMethod: 'none', applicationType: 'spa' } })
    await setProtocol({ ctx, input: { clientId: app.id, requireDpop: true } })
    await setTokenPolicy({ ctx, input: { clientId: app.id, rotateRefreshTokens: false, refreshReuseLeeway: 30 } })
    const [key, thief] = [await makeKey(), await makeKey()]
    const url = `${provider.origin}/oidc/token`
    const send = async (form: Record<string, string>, with_ = key) => {
      const fields = { client_id: app.id, ...form }
      const first = await post(provider.origin, '/oidc/token', fields, undefined, { dpop: await proof(with_, 'POST', url) })
      const nonce = first.headers.get('dpop-nonce') ?? ''
      return post(provider.origin, '/oidc/token', fields, undefined, { dpop: await proof(with_, 'POST', url, { nonce }) })
    }
    const { code, verifier } = await getCode(owner, app)
    const { body } = await send({ grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: CALLBACK })
    const form = { grant_type: 'refresh_token', refresh_token: String(body.refresh_token) }
    for (let use = 0; use < 3; use++) {
      const answer = await send(form)
      expect([answer.status, answer.body.refresh_token]).toEqual([200, body.refresh_token])
    }
    expect((await send(form, thief)).body.error).toBe('invalid_grant')
    expect((await send(form)).status).toBe(200)
  })
})

describe('the reuse leeway', () => {
  it('is none unless the owner gives one', async () => {
    const { refresh: token } = await tokens()
    expect((await refresh(token)).status).toBe(200)
    expect((await refresh(token)).body.error).toBe('invalid_grant')
    expect(await db().oidcArtifact.count({ where: { kind: 'RefreshReplay' } })).toBe(0)
  })

  it('gives the same answer again, word by word, to the same client only', async () => {
    const app = await clientWith({ refreshReuseLeeway: 30 })
    const { refresh: token } = await tokens(owner, app)
    const first = await refresh(token, app)
    const second = await refresh(token, app)
    expect([second.status, second.body]).toEqual([200, first.body])
    expect(second.headers.get('cache-control')).toContain('no-store')
    expect(await userinfo(String(first.body.access_token))).toBe(200)
    expect((await refresh(token, client)).body.error).toBe('invalid_grant')
    expect(
      (await post(provider.origin, '/oidc/token', { grant_type: 'refresh_token', refresh_token: token, client_id: app.id })).status,
    ).toBe(401)
    // Neither ended the family.
    expect((await refresh(String(first.body.refresh_token), app)).status).toBe(200)
  })

  it.each([1, 2, 3])('gives twenty parallel uses one answer (%i)', async () => {
    const app = await clientWith({ refreshReuseLeeway: 30 })
    const { refresh: token } = await tokens(owner, app)
    const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(token, app)))
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200))
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1)
    expect(await db().oidcArtifact.count({ where: { kind: 'RefreshToken', clientId: app.id } })).toBe(2)
  })

  it('is over after its seconds: then a second use ends the family', async () => {
    const app = await clientWith({ refreshReuseLeeway: 5 })
    const { refresh: token } = await tokens(owner, app)
    const first = await refresh(token, app)
    await pool().query(
      `UPDATE oidc_artifacts SET consumed_at = now() - interval '10 seconds' WHERE kind = 'RefreshToken' AND client_id = $1 AND consumed_at IS NOT NULL`,
      [app.id],
    )
    expect((await refresh(token, app)).body.error).toBe('invalid_grant')
    expect((await refresh(String(first.body.refresh_token), app)).body.error).toBe('invalid_grant')
  })

  it('does not answer another request, nor after the family was ended', async () => {
    const app = await clientWith({ refreshReuseLeeway: 30 })
    const { refresh: token } = await tokens(owner, app)
    expect((await refresh(token, app)).status).toBe(200)
    const narrower = { grant_type: 'refresh_token', refresh_token: token, scope: 'openid' }
    expect((await post(provider.origin, '/oidc/token', narrower, app)).body.error).toBe('invalid_grant')
    expect((await refresh(token, app)).body.error).toBe('invalid_grant')
  })

  it('keeps the answer encrypted', async () => {
    const app = await clientWith({ refreshReuseLeeway: 30 })
    const { refresh: token } = await tokens(owner, app)
    const { body } = await refresh(token, app)
    const row = await db().oidcArtifact.findFirstOrThrow({ where: { kind: 'RefreshReplay', clientId: app.id } })
    const dump = `${JSON.stringify(row)} ${Buffer.from(row.payload).toString('latin1')}`
    for (const secret of [token, String(body.access_token), String(body.refresh_token)]) expect(dump).not.toContain(secret)
  })
})
