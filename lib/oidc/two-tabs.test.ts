import { describe, expect, it } from 'vitest'
import { authorizeUrl, loggedIn, pkce, TestBrowser } from './testing.ts'
import { CALLBACK, client, makeClient, owner, provider, redeem, type TestClient, useFlow } from './testing-flow.ts'

useFlow()

/** Begins an authorization that waits at the log-in page. */
async function begin(browser: TestBrowser, using: TestClient, state: string) {
  const { verifier, challenge } = pkce()
  const params = { client_id: using.id, redirect_uri: CALLBACK, scope: 'openid', code_challenge: challenge, state }
  const { status, url } = await browser.go(authorizeUrl(provider.origin, params), provider.origin)
  expect([status, url.pathname]).toEqual([200, expect.stringMatching(/^\/interaction\//)])
  return { verifier, using, state, page: url.pathname }
}

async function finish(browser: TestBrowser, { page, verifier, using, state }: Awaited<ReturnType<typeof begin>>): Promise<void> {
  const { location } = await browser.go(page, provider.origin)
  expect(location?.searchParams.get('state')).toBe(state)
  expect((await redeem(location?.searchParams.get('code') ?? '', verifier, using)).status).toBe(200)
}

describe('two authorizations in one browser', () => {
  it.each([
    ['the one begun first is finished first', false],
    ['the one begun last is finished first', true],
  ])('both succeed: %s', async (_order, lastFirst) => {
    const other = await makeClient(client.teamId)
    const browser = new TestBrowser()
    const begun = [await begin(browser, client, 'tab-a'), await begin(browser, other, 'tab-b')]
    await loggedIn(owner, browser)
    for (const one of lastFirst ? begun.reverse() : begun) await finish(browser, one)
  })

  it('one that is finished cannot be opened again', async () => {
    const browser = new TestBrowser()
    const begun = await begin(browser, client, 'tab-a')
    await loggedIn(owner, browser)
    await finish(browser, begun)
    expect((await browser.go(begun.page, provider.origin)).status).toBe(410)
  })

  it('neither can be opened in another browser', async () => {
    const browser = new TestBrowser()
    const { page } = await begin(browser, client, 'tab-a')
    const { browser: another } = await loggedIn(owner)
    await begin(new TestBrowser(), client, 'tab-b')
    expect((await another.go(page, provider.origin)).status).toBe(410)
  })
})
