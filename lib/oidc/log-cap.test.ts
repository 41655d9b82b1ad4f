import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '#lib/db.ts'
import { setSingleton } from '#lib/registry.ts'
import { flushRequests } from '#lib/requests/index.ts'
import { authorizeUrl, pkce, post, TestBrowser } from './testing.ts'
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
} from './testing-flow.ts'

useFlow()

const CAP = 60
const MORE = CAP + 15

beforeEach(async () => {
  await flushRequests()
  await db().requestLog.deleteMany({})
  setSingleton('requests.cap', { minute: 0, rows: new Map() })
})

async function logged(using: TestClient, where: object = {}): Promise<number> {
  await flushRequests()
  return db().requestLog.count({ where: { teamId: client.teamId, clientId: using.id, ...where } })
}

/** All within one minute of the cap, or once more. */
async function inOneMinute(using: TestClient, ask: (n: number) => Promise<unknown>): Promise<number> {
  for (;;) {
    const began = Math.floor(Date.now() / 60_000)
    await Promise.all(Array.from({ length: MORE }, (_, n) => ask(n)))
    const found = await logged(using)
    if (Math.floor(Date.now() / 60_000) === began) return found
    await db().requestLog.deleteMany({})
  }
}

async function publicClient(): Promise<TestClient> {
  const made = await makeClient(client.teamId)
  await db().client.update({ where: { id: made.id }, data: { tokenEndpointAuthMethod: 'none' } })
  return { ...made, secret: '' }
}

describe('a stranger who knows a client’s id', () => {
  it('fills its log up to the cap only, at the authorization endpoint, and the owner sees why those were refused', async () => {
    const { challenge } = pkce()
    const params = { client_id: client.id, scope: 'openid', code_challenge: challenge }
    const found = await inOneMinute(client, (n) =>
      new TestBrowser().go(authorizeUrl(provider.origin, { ...params, redirect_uri: `https://evil.example/${n}` }), provider.origin),
    )
    expect(found).toBe(CAP)
    expect(await logged(client, { decision: 'invalid_redirect_uri' })).toBe(CAP)
  })

  it.each(['/oidc/me', '/oidc/session/end', '/oidc/device/auth', '/oidc/token', '/oidc/token/revocation'])(
    'and at %s of a public client, without anything that it was given',
    async (path) => {
      const using = await publicClient()
      const form = {
        client_id: using.id,
        grant_type: 'authorization_code',
        code: 'x',
        redirect_uri: CALLBACK,
        code_verifier: 'v'.repeat(43),
        token: 'x',
      }
      expect(await inOneMinute(using, () => post(provider.origin, path, form).catch(() => {}))).toBeLessThanOrEqual(CAP)
    },
  )
})

describe('who is proven is logged beyond the cap', () => {
  it('a client by its secret, also when it is refused', async () => {
    expect(await inOneMinute(client, () => redeem('no-such-code', 'v'.repeat(43)))).toBe(MORE)
  })

  it('people who log in, and the tokens that they were given', async () => {
    const { refresh: first } = await tokens()
    let token = first
    const { challenge } = pkce()
    const params = { client_id: client.id, redirect_uri: 'https://evil.example/', scope: 'openid', code_challenge: challenge }
    await inOneMinute(client, () => new TestBrowser().go(authorizeUrl(provider.origin, params), provider.origin))
    await db().requestLog.deleteMany({})
    expect((await getCode(owner)).code).not.toBe('')
    expect(await logged(client, { endpoint: 'login' })).toBe(1)
    const answer = await refresh(token)
    token = String(answer.body.access_token)
    expect((await fetch(`${provider.origin}/oidc/me`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200)
    expect(await logged(client, { endpoint: { in: ['token:refresh_token', 'userinfo'] } })).toBe(2)
  })
})
