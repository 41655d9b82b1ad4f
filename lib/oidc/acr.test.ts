import { decodeJwt } from 'jose'
import { describe, expect, it } from 'vitest'
import { sessionCookieName } from '#lib/accounts/index.ts'
import { db } from '#lib/db.ts'
import { acrOf } from './acr.ts'
import { authorizeUrl, loggedIn, pkce } from './testing.ts'
import { CALLBACK, client, owner, provider, redeem, refresh, useFlow } from './testing-flow.ts'

useFlow()

const PASSWORD = 'urn:xwms:acr:password'
const FEDERATED = 'urn:xwms:acr:federated'

async function logIn(extra: Record<string, string> = {}, amr = ['pwd']) {
  const { browser, sessionId } = await loggedIn(owner)
  await db().session.update({ where: { id: sessionId }, data: { amr } })
  const { verifier, challenge } = pkce()
  const request = { client_id: client.id, redirect_uri: CALLBACK, scope: 'openid offline_access', code_challenge: challenge, ...extra }
  const end = await browser.go(authorizeUrl(provider.origin, request), provider.origin)
  return { end, answer: end.location?.searchParams, verifier, browser }
}

async function idToken(extra: Record<string, string> = {}, amr?: string[]) {
  const { answer, verifier } = await logIn(extra, amr)
  const { body } = await redeem(answer?.get('code') ?? '', verifier)
  return { claims: decodeJwt(String(body.id_token)), body }
}

const demanding = (acr: object) => ({ claims: JSON.stringify({ id_token: { acr: { essential: true, ...acr } } }) })

describe('acr and amr', () => {
  it.each([
    [['pwd'], PASSWORD],
    [['fed'], FEDERATED],
  ])('tell of a log-in by %s what it was, asked for or not, also after a refresh', async (amr, acr) => {
    const { claims, body } = await idToken({}, amr)
    expect(claims).toMatchObject({ acr, amr })
    const again = await refresh(String(body.refresh_token))
    expect(decodeJwt(String(again.body.id_token))).toMatchObject({ acr, amr })
    expect((await idToken({ acr_values: 'urn:other:high' }, amr)).claims.acr).toBe(acr)
    const me = await fetch(`${provider.origin}/oidc/me`, { headers: { authorization: `Bearer ${again.body.access_token}` } })
    expect(Object.keys((await me.json()) as object)).toEqual(['sub'])
  })

  it('say nothing of a way that nobody has heard of', () => {
    expect(acrOf([])).toBeUndefined()
    expect(acrOf(['swk'])).toBeUndefined()
  })

  it('are met where the request cannot do without', async () => {
    expect((await idToken(demanding({ values: [FEDERATED, PASSWORD] }))).claims.acr).toBe(PASSWORD)
    expect((await idToken(demanding({ value: PASSWORD }))).claims.acr).toBe(PASSWORD)
    expect((await idToken(demanding({}))).claims.acr).toBe(PASSWORD)
  })

  it('end the request where they cannot be met, instead of asking for ever', async () => {
    for (const acr of [{ value: 'urn:other:high' }, { values: [FEDERATED] }]) {
      const { answer, end } = await freshly(demanding(acr))
      expect([end.status, answer?.get('error'), answer?.get('code')]).toEqual([303, 'unmet_authentication_requirements', null])
    }
  })
})

/** As a person who is asked to log in, although logged in, and does. */
async function freshly(extra: Record<string, string>) {
  const { end, browser } = await logIn(extra)
  expect(end.response.headers.get('x-prompt')).toBe('login')
  const [cookie = ''] = (await loggedIn(owner)).browser.secrets()
  browser.set(sessionCookieName(false), encodeURIComponent(cookie))
  const next = await browser.go(end.url.href, provider.origin)
  return { end: next, answer: next.location?.searchParams }
}
