import { beforeAll, describe, expect, it } from 'vitest'
import { addRedirectUri } from '#lib/clients/index.ts'
import type { TestBrowser } from '../testing.ts'
import { client, makeClient, owner, provider, tokens, useFlow } from '../testing-flow.ts'

// The modules of the published plan "OpenID Connect RP-Initiated Logout", by their names.

useFlow()

const AFTER = 'http://localhost:4000/logged-out'

beforeAll(() => addRedirectUri({ ctx: owner, input: { clientId: client.id, uri: AFTER, kind: 'logout' } }))

/** Asks to be logged out, and says yes where a page asks. */
async function logOut(browser: TestBrowser, params: Record<string, string>) {
  const page = await browser.go(`/oidc/session/end?${new URLSearchParams(params)}`, provider.origin)
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.text)?.[1]
  if (page.status !== 200 || !xsrf) return { page, end: page, asked: false }
  const body = new URLSearchParams({ xsrf, logout: 'yes' }).toString()
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  return { page, end: await browser.go('/oidc/session/end/confirm', provider.origin, { method: 'POST', headers, body }), asked: true }
}

describe('oidcc-rp-initiated-logout-certification-test-plan', () => {
  it('oidcc-rp-initiated-logout: asks, ends the session, returns with the state', async () => {
    const { id, browser } = await tokens()
    const { end, asked } = await logOut(browser, { id_token_hint: id, post_logout_redirect_uri: AFTER, state: 'back' })
    expect(asked).toBe(true)
    expect(end.location?.href).toBe(`${AFTER}?state=back`)
  })

  it('oidcc-rp-initiated-logout-no-state', async () => {
    const { id, browser } = await tokens()
    expect((await logOut(browser, { id_token_hint: id, post_logout_redirect_uri: AFTER })).end.location?.href).toBe(AFTER)
  })

  it.each([
    ['oidcc-rp-initiated-logout-no-params', {}],
    ['oidcc-rp-initiated-logout-only-state', { state: 'back' }],
  ])('%s: asks, then says that it is done, and goes nowhere', async (_name, params: Record<string, string>) => {
    const { browser } = await tokens()
    const { end, asked } = await logOut(browser, params)
    expect(asked).toBe(true)
    expect(end.location).toBeNull()
    expect(end.status).toBe(200)
  })

  it('oidcc-rp-initiated-logout-no-post-logout-redirect-uri', async () => {
    const { id, browser } = await tokens()
    const { end } = await logOut(browser, { id_token_hint: id, state: 'back' })
    expect(end.location).toBeNull()
    expect(end.status).toBe(200)
  })

  it('oidcc-rp-initiated-logout-no-id-token-hint: a return address that no client vouches for is not followed', async () => {
    const { browser } = await tokens()
    const { end } = await logOut(browser, { post_logout_redirect_uri: AFTER })
    expect(end.location).toBeNull()
  })

  it.each([
    ['oidcc-rp-initiated-logout-bad-post-logout-redirect-uri', 'http://localhost:4000/elsewhere'],
    ['oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri', `${AFTER}?foo=bar`],
  ])('%s: an error page, no redirect', async (_name, uri) => {
    const { id, browser } = await tokens()
    const { end, asked } = await logOut(browser, { id_token_hint: id, post_logout_redirect_uri: uri })
    expect(asked).toBe(false)
    expect(end.location).toBeNull()
    expect(end.status).toBe(400)
  })

  it.each([
    ['oidcc-rp-initiated-logout-bad-id-token-hint', (_id: string) => 'bad'],
    [
      'oidcc-rp-initiated-logout-modified-id-token-hint',
      (id: string) => `${id.slice(0, -8)}${id.slice(-8) === 'AAAAAAAA' ? 'BBBBBBBB' : 'AAAAAAAA'}`,
    ],
  ])('%s: an error page, and the session goes on', async (_name, change) => {
    const { id, browser } = await tokens()
    const { end, asked } = await logOut(browser, { id_token_hint: change(id), post_logout_redirect_uri: AFTER })
    expect(asked).toBe(false)
    expect(end.status).toBe(400)
    expect((await logOut(browser, { id_token_hint: id })).asked).toBe(true)
  })

  it('an id_token_hint of another client does not open that client’s addresses to this one', async () => {
    const other = await makeClient(client.teamId)
    const { id, browser } = await tokens(owner, other)
    const { end } = await logOut(browser, { id_token_hint: id, post_logout_redirect_uri: AFTER })
    expect(end.location).toBeNull()
    expect(end.status).toBe(400)
    const mismatch = await logOut(browser, { id_token_hint: id, client_id: client.id, post_logout_redirect_uri: AFTER })
    expect(mismatch.end.location).toBeNull()
    expect(mismatch.end.status).toBe(400)
  })
})
