import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createClient } from '#lib/clients/index.ts'
import { systemContext } from '#lib/context.ts'
import { negotiateLocale } from '#lib/i18n/index.ts'
import { authorizeUrl, pkce, startTestProvider, TestBrowser, type TestProvider } from '#lib/oidc/testing.ts'
import { makeCast } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { preparePage } from './prepare-page.ts'

const database = useTestDatabase()
const CALLBACK = 'http://localhost:4000/cb'
let provider: TestProvider
let clientId = ''

beforeAll(async () => {
  provider = await startTestProvider(database.url())
  const { teamId } = await makeCast()
  const made = await createClient({ ctx: systemContext('test'), input: { teamId, name: 'App', type: 'public', redirectUris: [CALLBACK] } })
  clientId = made.client.id
})
afterAll(() => provider.close())

/** The path of the page that asks somebody to log in, for a client that asked for these languages. */
async function loginPage(ui_locales: string | undefined): Promise<string> {
  const asked = { client_id: clientId, redirect_uri: CALLBACK, scope: 'openid', code_challenge: pkce().challenge, ui_locales }
  return (await new TestBrowser().go(authorizeUrl(provider.origin, asked), provider.origin)).url.pathname
}

/** What languages the page is told that are wanted, when the browser wants `accept`. */
async function wanted(path: string, accept: string | undefined): Promise<string | undefined> {
  const req = { method: 'GET', headers: accept ? { 'accept-language': accept } : {} } as IncomingMessage
  const res = { appendHeader: () => undefined } as unknown as ServerResponse
  const { formTargets } = await preparePage(req, res, new URL(path, provider.origin))
  expect(formTargets[0]).toBe('http://localhost:4000')
  return req.headers['accept-language']
}

it.each([
  ['nl', 'en', 'nl'],
  ['nl-NL en', undefined, 'nl'],
  ['fr en nl', 'nl', 'en'],
  // What we do not speak leaves it to the browser, and what is no language is no header.
  ['fr', 'nl', 'nl'],
  ['nl;q=1\r\nx:', 'en', 'en'],
  [undefined, 'nl', 'nl'],
])(
  'shows an interaction in the language of ui_locales %j (OpenID Connect Core §3.1.2.1), of a browser that wants %s: %s',
  async (asked, accept, locale) => {
    const page = await loginPage(asked)
    expect(negotiateLocale(await wanted(page, accept))).toBe(locale)
    expect(negotiateLocale(await wanted(`/register?returnTo=${page}`, accept))).toBe(locale)
    // What the person chose here stands above it.
    expect(negotiateLocale(await wanted(page, accept), 'en')).toBe('en')
  },
)
