import { decodeJwt } from 'jose'
import { describe, expect, it } from 'vitest'
import { endSession } from '#lib/accounts/index.ts'
import { setTokenPolicy } from '#lib/clients/index.ts'
import type { Ctx } from '#lib/context.ts'
import { systemContext } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { authorizeUrl, loggedIn, pkce, TestBrowser } from './testing.ts'
import { CALLBACK, client, getCode, makeClient, owner, provider, redeem, stranger, tokens, useFlow } from './testing-flow.ts'

useFlow()

const subOf = (who: Ctx) => (who.actor as { sub: string }).sub

/** Asks without a page, as a relying party does that looks whether its user is logged in. */
async function silently(browser: TestBrowser, extra: Record<string, string> = {}, using = client) {
  const { verifier, challenge } = pkce()
  const request = { client_id: using.id, redirect_uri: CALLBACK, scope: 'openid profile', code_challenge: challenge, prompt: 'none' }
  const { location } = await browser.go(authorizeUrl(provider.origin, { ...request, ...extra }), provider.origin)
  return { error: location?.searchParams.get('error') ?? null, code: location?.searchParams.get('code') ?? null, verifier }
}

describe('prompt=none in a browser that has come to no client (OpenID Connect Core §3.1.2.1)', () => {
  it('gives a code to who is logged in and allowed it before, with the time and the way of the log-in', async () => {
    await getCode()
    const { browser, sessionId } = await loggedIn(owner)
    const authenticatedAt = new Date(Date.now() - 300_000)
    await db().session.update({ where: { id: sessionId }, data: { authenticatedAt, amr: ['fed'] } })
    const { error, code, verifier } = await silently(browser, { max_age: '600' })
    expect(error).toBeNull()
    const { body } = await redeem(code ?? '', verifier)
    expect(decodeJwt(String(body.id_token))).toMatchObject({
      sub: subOf(owner),
      auth_time: Math.floor(authenticatedAt.getTime() / 1000),
      acr: 'urn:xwms:acr:federated',
      amr: ['fed'],
    })
    // It is a session like any other: the next one of the browser needs no page either.
    expect((await silently(browser)).code).toBeTruthy()
    expect(browser.prompts).toEqual([])
  })

  it('says consent_required to who has not allowed it', async () => {
    const { browser } = await loggedIn(owner)
    expect((await silently(browser, {}, await makeClient(client.teamId))).error).toBe('consent_required')
  })

  it.each<[string, () => Promise<Record<string, string>>]>([
    ['that is older than max_age', async () => ({ max_age: '60' })],
    ['whose class will not do', async () => ({ claims: '{"id_token":{"acr":{"essential":true,"value":"urn:xwms:acr:federated"}}}' })],
    ['of another than the hint', async () => ({ id_token_hint: (await foreignTokens()).id })],
    ['of another than the claim', async () => ({ claims: JSON.stringify({ id_token: { sub: { value: subOf(stranger) } } }) })],
  ])('wants a log-in in place of one %s', async (_name, extra) => {
    const { browser, sessionId } = await loggedIn(owner)
    await db().session.update({ where: { id: sessionId }, data: { authenticatedAt: new Date(Date.now() - 120_000) } })
    expect((await silently(browser, await extra())).error).toBe('login_required')
  })

  it('keeps to the client’s own limit of log-ins', async () => {
    const app = await makeClient(client.teamId)
    await getCode(owner, app, { scope: 'openid profile' })
    await setTokenPolicy({ ctx: systemContext('test'), input: { clientId: app.id, sessionTtl: 600 } } as never)
    const { browser, sessionId } = await loggedIn(owner)
    await db().session.update({ where: { id: sessionId }, data: { authenticatedAt: new Date(Date.now() - 700_000) } })
    expect((await silently(browser, {}, app)).error).toBe('login_required')
  })

  it('goes on with the person of the hint', async () => {
    const { id } = await tokens()
    expect((await silently((await loggedIn(owner)).browser, { id_token_hint: id })).code).toBeTruthy()
  })

  it('wants a log-in of who is not logged in, has logged out, or is disabled', async () => {
    expect((await silently(new TestBrowser())).error).toBe('login_required')
    const out = await loggedIn(owner)
    await endSession({
      ctx: { ...owner, actor: { ...owner.actor, sessionId: out.sessionId } as never },
      input: { sessionId: out.sessionId },
    })
    expect((await silently(out.browser)).error).toBe('login_required')
    const { browser } = await loggedIn(stranger)
    await db().user.update({ where: { sub: subOf(stranger) }, data: { disabledAt: new Date() } })
    expect((await silently(browser)).error).toBe('login_required')
    await db().user.update({ where: { sub: subOf(stranger) }, data: { disabledAt: null } })
  })

  it('keeps to the rules of test mode', async () => {
    expect((await silently((await loggedIn(stranger)).browser)).error).toBe('access_denied')
  })
})

/** Tokens of somebody else, of the same client. */
async function foreignTokens() {
  const { email } = stranger.actor as { email: string }
  await db().user.update({ where: { sub: subOf(stranger) }, data: { emailVerifiedAt: new Date() } })
  await db().testUser.create({ data: { clientId: client.id, email } as never })
  const made = await tokens(stranger)
  await db().testUser.deleteMany({ where: { clientId: client.id } })
  return made
}
