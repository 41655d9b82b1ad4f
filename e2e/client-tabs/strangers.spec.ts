import type { BrowserContext, Page, Request } from 'playwright/test'
import type { ServerProcess } from '#lib/testing/server-process.ts'
import { expect, test } from '../fixtures/index.ts'
import { clientOf, createUser, logIn } from '../fixtures/people.ts'
import { memberOf } from './member.ts'

const TABS = [
  '',
  '/domains',
  '/redirect-uris',
  '/scopes',
  '/secrets',
  '/tokens',
  '/users',
  '/requests',
  '/usage',
  '/settings',
  '/quickstart',
]
/** As a page, as the router asks for it, and as it fetches ahead. */
const ASKED: Record<string, string>[] = [
  {},
  { RSC: '1' },
  { RSC: '1', 'Next-Router-Prefetch': '1' },
  { RSC: '1', 'Next-Router-Segment-Prefetch': '/_tree' },
]
const THEIRS = /Private thing|hidden\.example|Mine alone/

/** A Server Action as it went over the wire. */
type Sent = { what: string; url: string; headers: Record<string, string>; body: Buffer }

/** Does the owner's own work, form by form, and keeps what was sent. */
async function recorded(page: Page, clientId: string, secretId: string): Promise<Sent[]> {
  const sent: Sent[] = []
  const record = async (what: string, work: () => Promise<void>) => {
    const waiting = page.waitForRequest((request: Request) => request.method() === 'POST' && 'next-action' in request.headers())
    await work()
    const request = await waiting
    expect((await request.response())?.status(), what).toBe(200)
    const { cookie: _, 'content-length': _length, ...headers } = request.headers()
    sent.push({ what, url: request.url(), headers, body: request.postDataBuffer() ?? Buffer.alloc(0) })
  }
  const main = page.getByRole('main')
  const open = (tab: string) => page.goto(`/clients/${clientId}${tab}`)

  await open('/domains')
  const domain = page.getByRole('region', { name: /^localhost/ })
  await domain.getByRole('switch', { name: 'Allow log-in' }).uncheck()
  await record('preview a domain', () => domain.getByRole('button', { name: 'Preview' }).click())
  await record('save a domain', () => domain.getByRole('button', { name: 'Save' }).click())
  await open('/redirect-uris')
  await page.getByLabel('Redirect URI', { exact: true }).fill('http://localhost:4999/mine')
  await record('add a redirect URI', () => page.getByRole('button', { name: /^Add/ }).click())
  await open('/scopes')
  await page.getByRole('checkbox', { name: 'May be declined email' }).check()
  await record('save scopes', () => main.getByRole('button', { name: 'Save' }).click())
  await open(`/secrets/${secretId}`)
  await page.getByLabel('Label').fill('Mine alone')
  await record('label a secret', () => main.getByRole('button', { name: 'Save' }).first().click())
  await open('/tokens')
  await page.getByRole('button', { name: 'Revoke all tokens' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('Private thing')
  await record('revoke all tokens', () => dialog.getByRole('button', { name: 'Revoke all tokens' }).click())
  await open('/settings')
  await page.getByLabel('Client name').fill('Private thing 2')
  await record('rename', () => main.getByRole('button', { name: 'Save' }).first().click())
  await open('')
  await main.getByRole('button', { name: 'Disable client' }).click()
  await record('disable', () => dialog.getByRole('button', { name: 'Disable client' }).click())
  return sent
}

/** What the client is, and what was done to it: whoever changes something leaves a line. */
async function stateOf(server: ServerProcess, clientId: string): Promise<unknown> {
  const { last_used_at: _, ...client } = await server.cli<Record<string, unknown>>('client', 'show', clientId)
  return client
}

async function replay(context: BrowserContext, sent: readonly Sent[], origin: string, expected: RegExp): Promise<void> {
  for (const { what, url, headers, body } of sent) {
    // What one types comes back: it is another text of the same length.
    const typed = Buffer.from(
      body.toString('latin1').replaceAll('Private thing', 'Stolen thing!').replaceAll('Mine alone', 'Theirs now'),
      'latin1',
    )
    for (const extra of ASKED) {
      const answer = await context.request.post(url, { headers: { ...headers, ...extra, origin }, data: typed })
      const text = await answer.text()
      expect.soft(answer.status(), what).toBeLessThan(500)
      expect.soft(text, `${what} is refused for who sends it, not for where it comes from`).not.toContain('did not come from this site')
      // As a request of the router, it is no form at all to Next.
      if (!extra.RSC) expect.soft(text, `${what} ${JSON.stringify(extra)}`).toMatch(expected)
      expect.soft(text, what).not.toMatch(/ is saved\.| are saved\.|is added|nothing to revoke|would have been refused|is disabled now/)
    }
  }
}

test('strangers get nothing of a client, and members without permissions change nothing, whatever they send', async ({
  page,
  browser,
  party,
  server,
  person,
}) => {
  test.setTimeout(180_000)
  const { clientId } = await clientOf(server, person, 'Private thing', party.redirectUri)
  const shown = await server.cli<{ secrets: { secret_id: string }[] }>('client', 'show', clientId)
  const secretId = shown.secrets[0]?.secret_id ?? ''
  await logIn(page, person)
  const sent = await recorded(page, clientId, secretId)
  const before = await stateOf(server, clientId)

  await test.step('a stranger', async () => {
    const context = await browser.newContext({ baseURL: server.url, locale: 'en-US' })
    const stranger = await context.newPage()
    await logIn(stranger, await createUser(server))
    for (const tab of [...TABS, `/secrets/${secretId}`, `/secrets/${secretId}/leaked`]) {
      for (const headers of ASKED) {
        const answer = await context.request.get(`/clients/${clientId}${tab}${headers.RSC ? '?_rsc=x' : ''}`, { headers })
        expect.soft(await answer.text(), `${tab} ${JSON.stringify(headers)}`).not.toMatch(THEIRS)
        if (!headers.RSC) expect.soft(answer.status(), tab).toBe(404)
      }
    }
    // A page that is not there is not there for its forms either.
    await replay(context, sent, server.url, /no longer there, or not yours|NEXT_HTTP_ERROR_FALLBACK;404|not found/i)
    await context.close()
  })

  await test.step('a member who may only read', async () => {
    const context = await browser.newContext({ baseURL: server.url, locale: 'en-US' })
    await logIn(await context.newPage(), await memberOf(server, person, ['clients.read']))
    await replay(context, sent, server.url, /You need the permission [a-z]+\.[a-z]+ for this\./)
    await context.close()
  })
  expect(await stateOf(server, clientId)).toEqual(before)
})
