import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { endSession } from '#lib/accounts/index.ts'
import { ID_TOKEN_ALGORITHMS, type IdTokenAlgorithm, setProtocol, setTokenPolicy } from '#lib/clients/index.ts'
import { systemContext } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { rotateSigningKeys } from '#lib/keys/index.ts'
import { deliverLogout } from '#lib/logouts/index.ts'
import { setSingleton } from '#lib/registry.ts'
import { startOidc } from './mount.ts'
import { authorizeUrl, pkce, type TestBrowser } from './testing.ts'
import { CALLBACK, client, makeClient, owner, provider, refresh, type TestClient, tokens, useFlow } from './testing-flow.ts'

// What a client's ID tokens are signed with (id_token_signed_response_alg, OpenID Connect Dynamic Client Registration 1.0 §2).

useFlow()

const ctx = systemContext('test')

let receiver: Server
let received: string[] = []

beforeAll(async () => {
  receiver = createServer(async (req, res) => {
    let body = ''
    for await (const chunk of req) body += chunk
    received.push(new URLSearchParams(body).get('logout_token') ?? '')
    res.end()
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  setSingleton('outgoing.network', {
    addresses: async () => [{ address: '127.0.0.1', family: 4 }],
    mayReach: () => true,
    allowsPrivate: true,
  })
})
afterAll(() => receiver.close())

async function clientWith(alg: IdTokenAlgorithm): Promise<TestClient> {
  const made = await makeClient(client.teamId)
  await choose(made, alg)
  return made
}

const choose = (app: TestClient, alg: IdTokenAlgorithm) =>
  setTokenPolicy({ ctx, input: { clientId: app.id, idTokenSignedResponseAlg: alg } })

const published = async () => (await (await fetch(`${provider.origin}/oidc/jwks`)).json()) as JSONWebKeySet

/** As a relying party does: by the published keys, and by no other algorithm than its own. */
async function verified(jwt: string, app: TestClient, alg: IdTokenAlgorithm, typ?: string) {
  const rules = { issuer: `${provider.origin}/oidc`, audience: app.id, algorithms: [alg], ...(typ ? { typ } : {}) }
  return jwtVerify(jwt, createLocalJWKSet(await published()), rules)
}

const currentKid = async (alg: string) => (await db().signingKey.findFirstOrThrow({ where: { alg, state: 'current' } })).kid

/** What the authorization endpoint says to an application that asks silently, with this hint. */
async function silently(browser: TestBrowser, app: TestClient, hint: string) {
  const asked = { client_id: app.id, redirect_uri: CALLBACK, scope: 'openid', code_challenge: pkce().challenge }
  const url = authorizeUrl(provider.origin, { ...asked, prompt: 'none', id_token_hint: hint })
  return (await browser.go(url, provider.origin)).location?.searchParams
}

async function expectGoodHint(browser: TestBrowser, app: TestClient, hint: string): Promise<void> {
  const answer = await silently(browser, app, hint)
  expect([answer?.get('error'), Boolean(answer?.get('code'))]).toEqual([null, true])
  const page = await browser.go(`/oidc/session/end?id_token_hint=${hint}`, provider.origin)
  expect([page.status, page.text.includes('name="xsrf"')]).toEqual([200, true])
}

it('there is a signing key for each algorithm that a client can choose, and discovery names them', async () => {
  const discovery = await (await fetch(`${provider.origin}/oidc/.well-known/openid-configuration`)).json()
  expect(discovery.id_token_signing_alg_values_supported).toEqual([...ID_TOKEN_ALGORITHMS])
  expect(new Set((await published()).keys.map(({ alg }) => alg))).toEqual(new Set(ID_TOKEN_ALGORITHMS))
})

it('is RS256 unless a client chooses (OpenID Connect Core §15.1)', async () => {
  const app = await makeClient(client.teamId)
  expect((await verified((await tokens(owner, app)).id, app, 'RS256')).protectedHeader.alg).toBe('RS256')
})

describe.each(ID_TOKEN_ALGORITHMS)('%s', (alg) => {
  it('signs the ID tokens of a log-in and of its refreshes, by the current key; userinfo stays plain', async () => {
    const app = await clientWith(alg)
    const had = await tokens(owner, app)
    const { payload, protectedHeader } = await verified(had.id, app, alg)
    expect(protectedHeader).toMatchObject({ alg, kid: await currentKid(alg) })
    const me = await fetch(`${provider.origin}/oidc/me`, { headers: { authorization: `Bearer ${had.access}` } })
    expect([me.headers.get('content-type'), (await me.json()).sub]).toEqual(['application/json; charset=utf-8', payload.sub])
    const { body } = await refresh(had.refresh, app)
    expect((await verified(String(body.id_token), app, alg)).payload.sub).toBe(payload.sub)
  })

  it('signs back-channel log-out tokens, too (OpenID Connect Back-Channel Logout 1.0 §2.6)', async () => {
    const app = await clientWith(alg)
    const backchannelLogoutUri = `http://rp.example.test:${(receiver.address() as AddressInfo).port}/backchannel`
    await setProtocol({ ctx, input: { clientId: app.id, backchannelLogoutUri } })
    const { sessionId } = await tokens(owner, app)
    await endSession({ ctx: { ...owner, actor: { ...owner.actor, sessionId } as never }, input: { sessionId } })
    const row = await db().logoutDelivery.findFirstOrThrow({ where: { clientId: app.id } })
    received = []
    expect(await deliverLogout(row.id)).toBeNull()
    const { protectedHeader } = await verified(received[0] ?? '', app, alg, 'logout+jwt')
    expect(protectedHeader.kid).toBe(await currentKid(alg))
  })

  it('is taken as a hint, also when the client has changed to another, and when the keys have', async () => {
    const app = await clientWith(alg)
    const { id, browser } = await tokens(owner, app)
    await expectGoodHint(browser, app, id)
    for (const other of ID_TOKEN_ALGORITHMS) {
      await choose(app, other)
      await expectGoodHint(browser, app, id)
    }
    await choose(app, alg)
    await rotateSigningKeys({ ctx })
    // A server hears of it by NOTIFY.
    await startOidc()
    expect(decodeProtectedHeader(id).kid).not.toBe(await currentKid(alg))
    await expectGoodHint(browser, app, id)
    const { id: later } = await tokens(owner, app)
    expect((await verified(later, app, alg)).protectedHeader.kid).toBe(await currentKid(alg))
  })

  it('is no hint when its signature is wrong, or for another client', async () => {
    const app = await clientWith(alg)
    const { id, browser } = await tokens(owner, app)
    const [header, payload, signature = ''] = id.split('.')
    const forged = [header, payload, `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`].join('.')
    const unsigned = [Buffer.from('{"alg":"none"}').toString('base64url'), payload, ''].join('.')
    for (const hint of [forged, unsigned]) {
      expect((await silently(browser, app, hint))?.get('error')).toBe('invalid_request')
      expect((await browser.go(`/oidc/session/end?id_token_hint=${hint}`, provider.origin)).status).toBe(400)
    }
    const other = await clientWith(alg)
    expect((await silently(browser, other, id))?.get('error')).toBe('invalid_request')
  })
})

it('a change holds from the next token on', async () => {
  const app = await clientWith('ES256')
  const first = await tokens(owner, app)
  await choose(app, 'EdDSA')
  const { body } = await refresh(first.refresh, app)
  expect(decodeProtectedHeader(String(body.id_token)).alg).toBe('EdDSA')
})
