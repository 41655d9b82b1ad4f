import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { endSession } from '#lib/accounts/index.ts'
import { addRedirectUri, setProtocol } from '#lib/clients/index.ts'
import { systemContext } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { deliverLogout, dueLogouts, listLogoutDeliveries } from '#lib/logouts/index.ts'
import { setSingleton } from '#lib/registry.ts'
import { outcome } from '#lib/testing/cast.ts'
import type { TestBrowser } from './testing.ts'
import { client, makeClient, owner, provider, stranger, type TestClient, tokens, useFlow, userinfo } from './testing-flow.ts'

useFlow()

const ctx = systemContext('test')
const AFTER = 'http://localhost:4000/bye'

let receiver: Server
let address = ''
let answer: { status: number; headers?: Record<string, string> } = { status: 200 }
let received: { type: string; token: string }[] = []

beforeAll(async () => {
  receiver = createServer(async (req, res) => {
    let body = ''
    for await (const chunk of req) body += chunk
    received.push({ type: String(req.headers['content-type']), token: new URLSearchParams(body).get('logout_token') ?? '' })
    res.writeHead(answer.status, answer.headers).end()
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  address = `http://rp.example.test:${(receiver.address() as AddressInfo).port}/backchannel`
})
afterAll(() => receiver.close())
beforeEach(() => {
  network(true)
  received = []
  answer = { status: 200 }
})

function network(mayReach: boolean) {
  setSingleton('outgoing.network', {
    addresses: async () => [{ address: '127.0.0.1', family: 4 }],
    mayReach: () => mayReach,
    allowsPrivate: true,
  })
}

async function listening(): Promise<TestClient> {
  const app = await makeClient(client.teamId)
  await setProtocol({ ctx, input: { clientId: app.id, backchannelLogoutUri: address } })
  return app
}

const endOf = (sessionId: string) => endSession({ ctx: { ...owner, actor: { ...owner.actor, sessionId } as never }, input: { sessionId } })
const deliveries = (app: TestClient) => db().logoutDelivery.findMany({ where: { clientId: app.id }, orderBy: { createdAt: 'asc' } })

describe('back-channel log-out', () => {
  it('tells each client of a log-in, with a token that its keys verify', async () => {
    const app = await listening()
    const { id, access, sessionId } = await tokens(owner, app)
    const { sid, sub } = decodeJwt(id)
    expect(sid).toBeTruthy()
    await endOf(sessionId)
    expect(await userinfo(access)).toBe(401)
    const [row] = await deliveries(app)
    expect(await deliverLogout(row?.id ?? '')).toBeNull()
    expect(received).toHaveLength(1)
    expect(received[0]?.type).toContain('application/x-www-form-urlencoded')
    const { payload } = await jwtVerify(received[0]?.token ?? '', createRemoteJWKSet(new URL(`${provider.origin}/oidc/jwks`)), {
      issuer: `${provider.origin}/oidc`,
      audience: app.id,
      typ: 'logout+jwt',
      requiredClaims: ['iat', 'jti', 'exp'],
    })
    expect(payload).toMatchObject({ sid, sub, events: { 'http://schemas.openid.net/event/backchannel-logout': {} } })
    expect(payload.nonce).toBeUndefined()
    // Once delivered, never again.
    expect(await deliverLogout(row?.id ?? '')).toBeNull()
    expect(received).toHaveLength(1)
    expect(await listLogoutDeliveries({ ctx: owner, input: { clientId: app.id } })).toMatchObject([{ state: 'delivered', attempts: 1 }])
    expect(await outcome(listLogoutDeliveries({ ctx: stranger, input: { clientId: app.id } }))).toBe('not_found')
  })

  it('is queued once, however the log-in ends, and not for clients without an address', async () => {
    const app = await listening()
    const { browser, id } = await tokens(owner, app)
    const page = await browser.go(`/oidc/session/end?id_token_hint=${id}`, provider.origin)
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
    const body = new URLSearchParams({ xsrf, logout: 'yes' })
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    await browser.go('/oidc/session/end/confirm', provider.origin, { method: 'POST', body, headers })
    expect(await deliveries(app)).toHaveLength(1)
    const { sessionId } = await tokens(owner, client)
    await endOf(sessionId)
    expect(await deliveries(client)).toHaveLength(0)
  })

  it.each([
    ['is dead', () => network(true), { status: 0 }, 'unreachable'],
    ['answers 500', () => network(true), { status: 500 }, 'status_500'],
    ['answers 302 to a private address', () => network(true), { status: 302, headers: { location: 'http://127.0.0.1:1/' } }, 'status_302'],
    ['is private', () => network(false), { status: 200 }, 'private_address'],
  ])('tries again and at last gives up when the endpoint %s', async (_name, prepare, given, error) => {
    const app = await listening()
    const { sessionId } = await tokens(owner, app)
    prepare()
    answer = given
    if (given.status === 0) {
      // A port where nobody listens.
      await db().client.update({ where: { id: app.id }, data: { backchannelLogoutUri: 'http://rp.example.test:1/x' } })
    }
    await endOf(sessionId)
    const [row] = await deliveries(app)
    const id = row?.id ?? ''
    const start = Date.now()
    const pauses: number[] = []
    let at: Date | null = new Date(start)
    while (at) {
      const next = await deliverLogout(id, at)
      if (next) pauses.push((next.getTime() - at.getTime()) / 1000)
      at = next
    }
    expect(pauses).toEqual([10, 60, 300, 1800, 7200, 21_600, 43_200])
    expect(await listLogoutDeliveries({ ctx: owner, input: { clientId: app.id } })).toMatchObject([
      { state: 'given_up', attempts: 8, lastError: error },
    ])
    expect(received).toHaveLength(['status_500', 'status_302'].includes(error) ? 8 : 0)
    expect(await dueLogouts(new Date(start + 90_000_000))).not.toContain(id)
  })

  it('finds again what waits without a job', async () => {
    const app = await listening()
    await endOf((await tokens(owner, app)).sessionId)
    const [row] = await deliveries(app)
    expect(await dueLogouts()).not.toContain(row?.id)
    expect(await dueLogouts(new Date(Date.now() + 120_000))).toContain(row?.id)
  })
})

describe('RP-initiated log-out', () => {
  const end = (browser: TestBrowser, params: Record<string, string>) =>
    browser.go(`/oidc/session/end?${new URLSearchParams(params)}`, provider.origin)

  it('asks first, then goes to a registered address only', async () => {
    const app = await makeClient(client.teamId)
    await addRedirectUri({ ctx, input: { clientId: app.id, uri: AFTER, kind: 'logout' } })
    const { browser, id, access } = await tokens(owner, app)
    const page = await end(browser, { id_token_hint: id, post_logout_redirect_uri: AFTER, state: 'xyz' })
    expect([page.status, page.location]).toEqual([200, null])
    expect(await userinfo(access)).toBe(200)
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const forged = await browser.go('/oidc/session/end/confirm', provider.origin, {
      method: 'POST',
      headers,
      body: new URLSearchParams({ xsrf: 'guess', logout: 'yes' }),
    })
    expect(forged.status).toBe(400)
    expect(await userinfo(access)).toBe(200)
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
    const done = await browser.go('/oidc/session/end/confirm', provider.origin, {
      method: 'POST',
      headers,
      body: new URLSearchParams({ xsrf, logout: 'yes' }),
    })
    expect(String(done.location)).toBe(`${AFTER}?state=xyz`)
    expect(await userinfo(access)).toBe(401)
  })

  it.each(['/oidc/session/end/confirm', '/oidc/session/end/confirm/', '/oidc/Session/End/Confirm'])('ends everything by %s', async (at) => {
    const { browser, id, access } = await tokens()
    const page = await end(browser, { id_token_hint: id })
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    await browser.go(at, provider.origin, { method: 'POST', headers, body: new URLSearchParams({ xsrf, logout: 'yes' }) })
    expect(await userinfo(access)).toBe(401)
  })

  it.each([
    ['an unregistered address', async (id: string) => ({ id_token_hint: id, post_logout_redirect_uri: 'https://evil.example/' })],
    [
      'an address by client id alone that is not its',
      async () => ({ client_id: client.id, post_logout_redirect_uri: 'https://evil.example/' }),
    ],
    ['the hint of another client', async (id: string) => ({ id_token_hint: id, client_id: (await makeClient(client.teamId)).id })],
    ['a hint that nobody signed', async () => ({ id_token_hint: 'eyJhbGciOiJub25lIn0.eyJhdWQiOiJ4In0.' })],
    ['a hint that is none', async () => ({ id_token_hint: 'nonsense' })],
  ])('refuses %s on a page, and ends nothing', async (_name, params) => {
    const { browser, id, access } = await tokens()
    const page = await end(browser, await params(id))
    expect([page.status, page.location]).toEqual([400, null])
    expect(await userinfo(access)).toBe(200)
  })

  // RP-Initiated Logout 1.0 §2: "OpenID Providers MUST support the use of the HTTP GET and POST methods".
  describe('by POST', () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const posted = (browser: TestBrowser, params: Record<string, string>, at = '/oidc/session/end') =>
      browser.go(at, provider.origin, { method: 'POST', headers, body: new URLSearchParams(params) })

    it.each(['/oidc/session/end', '/oidc/Session/End/'])(
      'asks first, then goes to a registered address, with the state (%s)',
      async (at) => {
        const app = await makeClient(client.teamId)
        await addRedirectUri({ ctx, input: { clientId: app.id, uri: AFTER, kind: 'logout' } })
        const { browser, id, access } = await tokens(owner, app)
        const page = await posted(browser, { id_token_hint: id, post_logout_redirect_uri: AFTER, state: 'x y&z' }, at)
        expect([page.status, page.location]).toEqual([200, null])
        expect(await userinfo(access)).toBe(200)
        const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
        const done = await posted(browser, { xsrf, logout: 'yes' }, '/oidc/session/end/confirm')
        expect(done.location?.searchParams.get('state')).toBe('x y&z')
        expect(done.location?.href.startsWith(`${AFTER}?`)).toBe(true)
        expect(await userinfo(access)).toBe(401)
      },
    )

    it.each([
      ['an unregistered address', (id: string) => ({ id_token_hint: id, post_logout_redirect_uri: 'https://evil.example/' })],
      ['a hint that is none', () => ({ id_token_hint: 'nonsense' })],
    ])('refuses %s on a page, and ends nothing', async (_name, params) => {
      const { browser, id, access } = await tokens()
      const page = await posted(browser, params(id))
      expect([page.status, page.location]).toEqual([400, null])
      expect(await userinfo(access)).toBe(200)
    })

    it('of another site, which carries no cookies of ours, is asked again by GET, which does', async () => {
      const { browser, id, access } = await tokens()
      const body = new URLSearchParams({ id_token_hint: id, state: 's' })
      const answer = await fetch(`${provider.origin}/oidc/session/end?state=not-this`, {
        method: 'POST',
        headers,
        body,
        redirect: 'manual',
      })
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([303, 'no-store'])
      // Nothing of a session was read or begun: a cookie set here would take the place of the person's own.
      expect(answer.headers.getSetCookie()).toEqual([])
      const next = new URL(answer.headers.get('location') ?? '', provider.origin)
      expect([next.pathname, Object.fromEntries(next.searchParams)]).toEqual(['/oidc/session/end', { id_token_hint: id, state: 's' }])
      expect((await browser.go(next.href, provider.origin)).text).toContain('name="xsrf"')
      expect(await userinfo(access)).toBe(200)
    })

    it.each([
      ['no form', { 'content-type': 'application/json' }, '{}', 415],
      ['what is too large', headers, `state=${'x'.repeat(9000)}`, 413],
    ])('refuses %s', async (_name, given, body, status) => {
      const answer = await fetch(`${provider.origin}/oidc/session/end`, { method: 'POST', headers: given, body })
      expect([answer.status, (await answer.json()).error]).toEqual([status, 'invalid_request'])
    })
  })

  it('of the id_token_hint at the authorization endpoint: another client’s is refused', async () => {
    const other = await makeClient(client.teamId)
    const { id } = await tokens(owner, other)
    const { getCode } = await import('./testing-flow.ts')
    const { end: answered } = await getCode(owner, client, { id_token_hint: id })
    expect(answered.location?.searchParams.get('error')).toBe('invalid_request')
  })
})
