import * as oauth from 'oauth4webapi'
import { beforeAll, describe, expect, it } from 'vitest'
import { createSecret, setProtocol } from '#lib/clients/index.ts'
import { systemContext } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { DEVICE_ORIGIN } from './domain-rules.ts'
import { loggedIn, post, TestBrowser } from './testing.ts'
import { client, makeClient, owner, provider, refresh, stranger, type TestClient, useFlow, userinfo } from './testing-flow.ts'

useFlow()

const ctx = systemContext('test')
let app: TestClient

beforeAll(async () => {
  app = await makeClient(client.teamId)
  await setProtocol({ ctx, input: { clientId: app.id, deviceFlow: true } })
})

type Started = { device_code: string; user_code: string; verification_uri: string; verification_uri_complete: string; interval: number }
const start = async (using = app, scope = 'openid email offline_access') =>
  (await post(provider.origin, '/oidc/device/auth', { client_id: using.id, scope }, using)).body as unknown as Started
const poll = (device_code: string, using = app) => post(provider.origin, '/oidc/token', { grant_type: DEVICE_ORIGIN, device_code }, using)
/** As if that many seconds had passed since the last poll of any device. */
const wait = (seconds: number) => db().$executeRaw`UPDATE device_polls SET polled_at = now() - make_interval(secs => ${seconds})`
const xsrfOf = (html: string) => /name="xsrf" value="([^"]+)"/.exec(html)?.[1] ?? ''

async function enter(browser: TestBrowser, fields: Record<string, string>, xsrf?: string, at = '/oidc/device') {
  const page = await browser.go('/oidc/device', provider.origin)
  return browser.go(at, provider.origin, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ xsrf: xsrf ?? xsrfOf(page.text), ...fields }),
  })
}

describe('the device flow (RFC 8628)', () => {
  it('connects a device that shows a code, with the person’s log-in and consent', async () => {
    const { device_code, user_code, verification_uri } = await start()
    expect(verification_uri).toBe(`${provider.origin}/oidc/device`)
    expect(user_code).toMatch(/^[B-Z]{4}-[B-Z]{4}$/)
    expect((await poll(device_code)).body.error).toBe('authorization_pending')
    const { browser } = await loggedIn(owner)
    const asked = await enter(browser, { user_code: user_code.toLowerCase() })
    expect([asked.status, asked.text.includes(user_code), asked.text.includes('Test app')]).toEqual([200, true, true])
    await wait(5)
    expect((await poll(device_code)).body.error).toBe('authorization_pending')
    const done = await enter(browser, { user_code, confirm: 'yes' })
    expect([done.status, browser.prompts]).toEqual([200, ['login', 'consent']])
    const { status, body } = await poll(device_code)
    expect([status, Boolean(body.id_token), Boolean(body.refresh_token)]).toEqual([200, true, true])
    expect(await userinfo(String(body.access_token))).toBe(200)
    expect((await refresh(String(body.refresh_token), app)).status).toBe(200)
  })

  it('slows down a device that polls too soon, more each time, but never holds an answer back', async () => {
    const { device_code, user_code, interval } = await start()
    expect(interval).toBe(5)
    const ask = async (code = device_code) => (await poll(code)).body.error
    expect(await ask()).toBe('authorization_pending')
    const soon = await poll(device_code)
    expect([soon.status, soon.body.error]).toEqual([400, 'slow_down'])
    // 5 seconds longer than the 5 that it was told.
    await wait(8)
    expect(await ask()).toBe('slow_down')
    await wait(12)
    expect(await ask()).toBe('slow_down')
    await wait(20)
    expect(await ask()).toBe('authorization_pending')
    expect(await ask((await start()).device_code)).toBe('authorization_pending')
    await enter((await loggedIn(owner)).browser, { user_code, confirm: 'yes' })
    expect((await poll(device_code)).status).toBe(200)
  })

  it('takes one of ten polls at the same time for being in time', async () => {
    const { device_code } = await start()
    const answers = await Promise.all(Array.from({ length: 10 }, () => poll(device_code)))
    expect(answers.map(({ body }) => body.error).sort()).toEqual(['authorization_pending', ...Array.from({ length: 9 }, () => 'slow_down')])
  })

  it('redeems a code once of twenty parallel polls', async () => {
    const { device_code, user_code } = await start()
    await enter((await loggedIn(owner)).browser, { user_code, confirm: 'yes' })
    const answers = await Promise.all(Array.from({ length: 20 }, () => poll(device_code)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ body }) => body.error === 'invalid_grant')).toHaveLength(19)
  })

  it('is declined by the person, whom a stranger’s form cannot speak for', async () => {
    const { device_code, user_code } = await start()
    const { browser } = await loggedIn(owner)
    const forged = await enter(browser, { user_code, confirm: 'yes' }, 'guess')
    expect(forged.status).toBe(400)
    expect((await poll(device_code)).body.error).toBe('authorization_pending')
    await enter(browser, { user_code, abort: 'yes', confirm: 'yes' })
    expect((await poll(device_code)).body.error).toBe('access_denied')
  })

  it('follows the test rules: only the team and test users', async () => {
    const { device_code, user_code } = await start()
    const { browser } = await loggedIn(stranger)
    const end = await enter(browser, { user_code, confirm: 'yes' })
    expect(end.response.headers.get('x-prompt')).toBe('test_mode')
    expect((await poll(device_code)).body.error).toBe('authorization_pending')
    const live = await createSecret({ ctx, input: { clientId: app.id, mode: 'live' } as never })
    const again = await start()
    await enter((await loggedIn(owner)).browser, { user_code: again.user_code, confirm: 'yes' })
    expect((await poll(again.device_code, { ...app, secret: live.value })).body.error).toBe('invalid_grant')
  })

  it('says of a wrong, a used and an expired code what is wrong, in both languages', async () => {
    const { browser } = await loggedIn(owner)
    expect((await enter(browser, { user_code: 'BBBB-BBBB' })).text).toContain('There is no such code')
    expect((await enter(browser, {})).text).toContain('There is no such code')
    expect((await enter(browser, { user_code: '<script>' })).text).not.toContain('<script>')
    const { user_code } = await start()
    await enter(browser, { user_code, confirm: 'yes' })
    expect((await enter(browser, { user_code })).text).toContain('was used already')
    const dutch = await browser.go('/oidc/device', provider.origin, { headers: { 'accept-language': 'nl' } })
    expect(dutch.text).toContain('Een apparaat verbinden')
  })

  it('shows the page of codes again where its session is gone, with what was typed, and goes on from there', async () => {
    const { user_code } = await start()
    const { browser } = await loggedIn(owner)
    const lost = await browser.go('/oidc/device', provider.origin, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ user_code, xsrf: 'x' }),
    })
    const known = (response: Response) =>
      ['x-request-id', 'x-content-type-options', 'content-security-policy', 'referrer-policy'].filter((name) => response.headers.has(name))
    expect([lost.status, known(lost.response).length]).toEqual([400, 4])
    expect(lost.text).toContain('your browser keeps no cookies')
    expect(lost.text).toContain(`value="${user_code}"`)
    const asked = await browser.go('/oidc/device', provider.origin, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ user_code, xsrf: xsrfOf(lost.text) }),
    })
    expect([asked.status, asked.text.includes('Your device must show this code')]).toEqual([200, true])

    const back = await new TestBrowser().go('/oidc/device/abc', provider.origin)
    expect([back.status, known(back.response).length]).toEqual([400, 4])
    expect(back.text).toContain('your browser keeps no cookies')
  })

  it('is off unless the owner turns it on, and not for other clients’ codes', async () => {
    expect((await post(provider.origin, '/oidc/device/auth', { client_id: client.id, scope: 'openid' }, client)).status).toBe(400)
    const other = await makeClient(client.teamId)
    await setProtocol({ ctx, input: { clientId: other.id, deviceFlow: true } })
    const { device_code } = await start()
    expect((await poll(device_code, other)).body.error).toBe('invalid_grant')
    expect((await poll('unknown')).body.error).toBe('invalid_grant')
  })

  it('keeps its codes as hashes', async () => {
    const { device_code, user_code } = await start()
    const rows = await db().oidcArtifact.findMany({ where: { kind: 'DeviceCode' } })
    const dump = rows.map((row) => JSON.stringify(row) + Buffer.from(row.payload).toString('latin1')).join()
    expect(dump).not.toContain(device_code)
    expect(dump).not.toContain(user_code.replace('-', ''))
  })

  it('works for oauth4webapi', async () => {
    const insecure = { [oauth.allowInsecureRequests]: true }
    const issuer = new URL(`${provider.origin}/oidc`)
    const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure))
    const rp = { client_id: app.id }
    const auth = oauth.ClientSecretBasic(app.secret)
    const params = new URLSearchParams({ scope: 'openid' })
    const device = await oauth.processDeviceAuthorizationResponse(
      as,
      rp,
      await oauth.deviceAuthorizationRequest(as, rp, auth, params, insecure),
    )
    await enter((await loggedIn(owner)).browser, { user_code: device.user_code, confirm: 'yes' })
    const tokens = await oauth.processDeviceCodeResponse(
      as,
      rp,
      await oauth.deviceCodeGrantRequest(as, rp, auth, device.device_code, insecure),
    )
    expect(oauth.getValidatedIdTokenClaims(tokens)?.aud).toBe(app.id)
  })

  it('holds whoever tries many codes, however they spell the address', async () => {
    const browser = new TestBrowser()
    const statuses: number[] = []
    for (let index = 0; index < 25; index++) statuses.push((await enter(browser, { user_code: 'BBBB-CCCC' })).status)
    expect(statuses.at(-1)).toBe(429)
    for (const at of ['/oidc/Device', '/oidc/device/', '/oidc/DEVICE/?x=y'])
      expect((await enter(browser, { user_code: 'BBBB-CCCC' }, undefined, at)).status).toBe(429)
  })
})
