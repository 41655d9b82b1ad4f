import { beforeAll, describe, expect, it } from 'vitest'
import { disableClient, enableClient } from '#lib/clients/index.ts'
import { connect, makeApiClient, subOf, type TestClient } from '#lib/connections/testing.ts'
import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { findConsent } from '#lib/grants/index.ts'
import { type Cast, makeUser, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { answerSignRequest, createSignToken, loadSignRequest, signFallback, signTarget } from './index.ts'
import { answer, BACK, makeSignClients, startAt } from './testing.ts'

useTestDatabase()

let cast: Cast
let client: TestClient
let other: TestClient

beforeAll(async () => {
  ;({ cast, client, other } = await makeSignClients())
})

const start = (extra: object = {}, using = client) => startAt(using, extra)

describe('the start', () => {
  it('gives a token, an address to send the person to, and a time', async () => {
    const made = await start({ email: 'ann@example.test', state: 's' })
    expect(made).toEqual({
      client_id: client.id,
      token: expect.stringMatching(/^sgs_\w{40}$/),
      email: 'ann@example.test',
      expires_at: expect.any(String),
      url: `http://localhost:3000/sign/${made.token}`,
    })
    expect(Date.parse(made.expires_at) - Date.now()).toBeGreaterThan(290_000)
  })

  it.each([
    ['another path', `${BACK}/more`],
    ['a trailing slash', `${BACK}/`],
    ['another case', BACK.toUpperCase()],
    ['a query', `${BACK}?x=1`],
    ['another site', 'https://evil.example/back'],
    ['a NUL', `${BACK}\0`],
    ['nothing', ''],
  ])('refuses a redirect_url with %s', async (_what, redirect_url) => {
    expect(await outcome(start({ redirect_url }))).toBe('validation_failed')
  })

  it("refuses a redirect_url of the client's other domain", async () => {
    const two = await makeApiClient(cast.teamId, {
      domains: ['a.example.com:live', 'b.example.com:live'],
      redirectUris: ['https://b.example.com/cb'],
      mode: 'live',
    })
    expect(await outcome(start({ redirect_url: 'https://b.example.com/cb' }, two))).toBe('validation_failed')
  })

  it.each([
    ['another client', () => other.ctx, 'not_found'],
    ['the owner', () => cast.owner, 'not_found'],
    ['nobody', () => cast.nobody, 'unauthenticated'],
  ] as [string, () => Ctx, string][])('is not for %s', async (_who, ctx, expected) => {
    const input = { reach: client.reach, domainId: client.domainId, redirect_url: BACK }
    expect(await outcome(createSignToken({ ctx: ctx(), input }))).toBe(expected)
  })

  it('leaves no token in the database', async () => {
    const { token } = await start()
    const { location } = await answer(await makeUser('hashed'), token)
    const rows = JSON.stringify(await db().$queryRaw`SELECT t::text FROM sign_tokens t`)
    expect(rows).not.toContain(token)
    expect(rows).not.toContain(new URL(location).searchParams.get('token'))
  })
})

describe('the person', () => {
  it('is asked to log in, then for all scopes except staying connected, then nothing', async () => {
    const person = await makeUser('walk')
    const { token } = await start({ email: 'walk@example.test' })
    const view = await loadSignRequest({ ctx: cast.nobody, input: { token } })
    expect(view).toMatchObject({
      needs: 'login',
      email: 'walk@example.test',
      client: { name: 'Shop', host: 'app.example.com', verified: true },
    })
    const scopes = ['openid', 'profile', 'email', 'userinfo', 'useraddresses']
    const asked = await loadSignRequest({ ctx: person, input: { token } })
    expect(asked).toMatchObject({ needs: 'consent', scopes, newScopes: scopes })
    await answer(person, token)
    expect((await findConsent(subOf(person), client.id))?.scopes).toEqual([...scopes].sort())
    const again = await start()
    expect(await loadSignRequest({ ctx: person, input: { token: again.token } })).toMatchObject({ needs: 'nothing', newScopes: [] })
    expect((await answer(person, again.token, 'continue')).location).toContain('?token=sgd_')
  })

  it('is asked for what is new only', async () => {
    const person = await makeUser('more')
    await connect(person, client, ['openid', 'profile', 'email'])
    const { token } = await start()
    expect(await loadSignRequest({ ctx: person, input: { token } })).toMatchObject({
      needs: 'consent',
      newScopes: ['userinfo', 'useraddresses'],
    })
    expect(await outcome(answer(person, token, 'continue'))).toBe('consent_required')
  })

  it('may leave out what is optional, and is not asked for it again', async () => {
    const person = await makeUser('choosy')
    await db().clientScope.updateMany({ where: { clientId: client.id, scopeName: 'email' }, data: { optional: true } })
    const { token } = await start()
    const view = await loadSignRequest({ ctx: person, input: { token } })
    expect(view?.optional).toEqual([{ name: 'email', declined: false }])
    const { location } = await answerSignRequest({ ctx: person, input: { token, answer: 'allow', declined: ['email', 'openid'] } })
    const delivered = new URL(location).searchParams.get('token') ?? ''
    const consent = await findConsent(subOf(person), client.id)
    // openid is required: leaving it out of the answer neither grants nor declines it.
    expect(consent).toMatchObject({ scopes: ['profile', 'useraddresses', 'userinfo'], declined: ['email'] })
    expect(delivered).toMatch(/^sgd_/)
    const again = await start()
    expect(await loadSignRequest({ ctx: person, input: { token: again.token } })).toMatchObject({ newScopes: ['openid'], optional: [] })
    await db().clientScope.updateMany({ where: { clientId: client.id, scopeName: 'email' }, data: { optional: false } })
    expect(await loadSignRequest({ ctx: person, input: { token: again.token } })).toMatchObject({ newScopes: ['openid', 'email'] })
  })

  it('that finds the log-in over is shown the way back, on a proven host or to testers', async () => {
    const { token } = await start()
    await answer(await makeUser('done'), token)
    const back = (ctx = cast.nobody, of = token) => signFallback({ ctx, input: { token: of } })
    expect(await back()).toBeNull()
    await db().domain.updateMany({ where: { clientId: client.id }, data: { fallbackUri: 'https://app.example.com/home' } })
    expect(await back()).toMatchObject({ uri: 'https://app.example.com/home', host: 'app.example.com', client: 'Shop' })
    expect(await back(cast.nobody, `${token.slice(0, -1)}~`)).toBeNull()
    await db().domain.updateMany({ where: { clientId: client.id }, data: { verifiedAt: null } })
    expect(await back()).toBeNull()
    expect(await back(cast.viewer)).not.toBeNull()
    await db().domain.updateMany({ where: { clientId: client.id }, data: { verifiedAt: new Date(), fallbackUri: null } })
  })

  it('who leaves out everything is as one who declined', async () => {
    const person = await makeUser('none')
    await db().clientScope.updateMany({ where: { clientId: client.id }, data: { optional: true } })
    const { token } = await start()
    const names = (await loadSignRequest({ ctx: person, input: { token } }))?.newScopes ?? []
    const { location } = await answerSignRequest({ ctx: person, input: { token, answer: 'allow', declined: names } })
    expect(new URL(location).searchParams.get('error')).toBe('access_denied')
    const again = await start()
    const asked = await loadSignRequest({ ctx: person, input: { token: again.token } })
    expect(asked).toMatchObject({ needs: 'consent', newScopes: names })
    expect(asked?.optional.every(({ declined }) => declined)).toBe(true)
    await db().clientScope.updateMany({ where: { clientId: client.id }, data: { optional: false } })
  })

  it('comes back with a fresh token and the state', async () => {
    const { token } = await start({ redirect_url: `${BACK}?shop=1`, state: 'a b&c=é' })
    const { location } = await answer(await makeUser('state'), token)
    const url = new URL(location)
    expect(location.startsWith(`${BACK}?shop=1&token=sgd_`)).toBe(true)
    expect(url.searchParams.get('state')).toBe('a b&c=é')
    expect(url.searchParams.get('token')).not.toBe(token)
  })

  it('who declines comes back with access_denied, and has allowed nothing', async () => {
    const person = await makeUser('no')
    const { token } = await start({ state: 'x' })
    expect((await answer(person, token, 'deny')).location).toBe(`${BACK}?error=access_denied&state=x`)
    expect(await findConsent(subOf(person), client.id)).toBeNull()
    expect(await outcome(answer(person, token))).toBe('not_found')
  })

  it('must be logged in to answer', async () => {
    const { token } = await start()
    expect(await outcome(answer(cast.nobody, token))).toBe('unauthenticated')
  })

  it('who may not test a client in test mode can only go back', async () => {
    const uri = 'http://localhost:4000/cb'
    const test = await makeApiClient(cast.teamId, { redirectUris: [uri] })
    const guest = await makeUser('guest')
    const { token } = await start({ redirect_url: uri }, test)
    expect(await loadSignRequest({ ctx: guest, input: { token } })).toMatchObject({ needs: 'test_mode' })
    expect((await answer(guest, token, 'allow')).location).toBe(`${uri}?error=access_denied`)
    const member = await start({ redirect_url: uri }, test)
    expect((await answer(cast.developer, member.token)).location).toContain('?token=')
  })

  it('who answers twice at once gets one token', async () => {
    const person = await makeUser('twice')
    const { token } = await start()
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => outcome(answer(person, token))))
    expect(outcomes.filter((code) => code === 'ok')).toHaveLength(1)
  })

  it('finds the log-in over when it is late, unknown, or its client or domain does not allow it any more', async () => {
    const person = await makeUser('over')
    const over = async (token: string) => {
      expect(await loadSignRequest({ ctx: person, input: { token } })).toBeNull()
      expect(await signTarget(token)).toBeNull()
      expect(await outcome(answer(person, token))).toBe('not_found')
    }
    await over('sgs_nothing')
    const { token } = await start()
    expect(await signTarget(token)).toBe('https://app.example.com')
    const domain = (data: object) => db().domain.update({ where: { id: client.domainId }, data })
    for (const change of [{ allowLogin: false }, { active: false }, { verifiedAt: null }, { mode: 'test' }]) {
      await domain(change)
      await over(token)
      await domain({ allowLogin: true, active: true, verifiedAt: new Date(), mode: 'live' })
    }
    await disableClient({ ctx: cast.owner, input: { clientId: client.id } })
    await over(token)
    await enableClient({ ctx: cast.owner, input: { clientId: client.id } })
    await db().signToken.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } })
    await over(token)
  })

  it('has more time once the page is open, and only once', async () => {
    const { token } = await start()
    await loadSignRequest({ ctx: cast.nobody, input: { token } })
    const first = await db().signToken.findFirstOrThrow({ orderBy: { createdAt: 'desc' } })
    expect(first.expiresAt.getTime() - Date.now()).toBeGreaterThan(25 * 60_000)
    await loadSignRequest({ ctx: cast.nobody, input: { token } })
    expect((await db().signToken.findFirstOrThrow({ orderBy: { createdAt: 'desc' } })).expiresAt).toEqual(first.expiresAt)
  })
})
