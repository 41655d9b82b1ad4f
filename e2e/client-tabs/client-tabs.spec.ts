import * as oidc from 'openid-client'
import type { Page } from 'playwright/test'
import type { ServerProcess } from '#lib/testing/server-process.ts'
import { openTab } from '../fixtures/dashboard.ts'
import { expect, test } from '../fixtures/index.ts'
import { clientOf, logIn } from '../fixtures/people.ts'

type Credentials = { clientId: string; clientSecret: string }

/** What the gate answers: to the header credentials, or to an access token. */
async function gate(server: ServerProcess, by: Credentials | string): Promise<string> {
  const headers: Record<string, string> =
    typeof by === 'string'
      ? { authorization: `Bearer ${by}` }
      : { 'x-client-id': by.clientId, 'x-client-secret': by.clientSecret, 'x-client-domain': 'localhost' }
  const body = (await (await fetch(`${server.url}/api/v1/whoami`, { headers })).json()) as { status: string; error?: { code: string } }
  return body.error?.code ?? body.status
}

async function applicationToken(server: ServerProcess, { clientId, clientSecret }: Credentials): Promise<string | undefined> {
  const response = await fetch(`${server.url}/oidc/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  })
  return ((await response.json()) as { access_token?: string }).access_token
}

/** The card of the domain that the API is called for. */
const domain = (page: Page) => page.getByRole('region', { name: /^localhost/ })

/** Opens the question of a button and answers it. */
async function confirmed(page: Page, trigger: string | RegExp, answer: string | RegExp): Promise<void> {
  await page.getByRole('main').getByRole('button', { name: trigger, exact: true }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: answer }).click()
}

test('an optional scope is declined, and what came of a log-in is seen and ended', async ({
  page,
  party,
  server,
  person,
  axe,
  complaints,
}) => {
  test.setTimeout(120_000)
  const credentials = await clientOf(server, person, 'Notes', party.redirectUri)
  const { clientId } = credentials
  await logIn(page, person)

  await openTab(page, clientId, 'Scopes')
  await page.getByRole('checkbox', { name: 'May be declined email' }).check()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('The scopes are saved.')).toBeVisible()

  const attempt = await party.begin(credentials)
  await page.goto(attempt.url)
  const email = page.getByRole('checkbox', { name: 'See your email address' })
  await expect(email).toBeChecked()
  expect(await axe(page)).toEqual([])
  await email.uncheck()
  await page.getByRole('button', { name: 'Allow' }).click()
  const tokens = await party.finish(page, attempt)
  const sub = tokens.claims()?.sub ?? ''
  expect(tokens.scope?.split(' ')).not.toContain('email')
  expect(await oidc.fetchUserInfo(attempt.config, tokens.access_token, sub)).not.toHaveProperty('email')

  // What was declined is not asked for again.
  const again = await party.begin(credentials, { scope: 'openid profile email', prompt: '' })
  await page.goto(again.url)
  const second = await party.finish(page, again)

  await openTab(page, clientId, 'Users')
  const row = page.getByRole('row').filter({ hasText: sub })
  await expect(row).toContainText(person.name)
  await expect(row).toContainText('left out: email')
  await expect(row).not.toContainText(person.email)
  expect(await axe(page)).toEqual([])

  await row.getByRole('link', { name: /^Tokens/ }).click()
  await expect(page).toHaveURL(/\/tokens\?q=/)
  await expect(page.getByRole('row').filter({ hasText: sub })).toHaveCount(2)
  expect(await axe(page)).toEqual([])
  // The newest first: the second log-in.
  await confirmed(page, 'Revoke', 'Revoke it')
  await expect(page.getByRole('row').filter({ hasText: sub })).toHaveCount(1)
  await expect(oidc.fetchUserInfo(again.config, second.access_token, sub)).rejects.toThrow()
  expect(await gate(server, second.access_token)).toBe('invalid_token')
  expect(await gate(server, tokens.access_token)).toBe('success')

  await openTab(page, clientId, 'Users')
  await confirmed(page, 'End connection', 'End connection')
  await expect(page.getByText('Nobody is connected yet')).toBeVisible()
  expect(await gate(server, tokens.access_token)).toBe('invalid_token')
  await expect(oidc.refreshTokenGrant(attempt.config, tokens.refresh_token ?? '')).rejects.toMatchObject({ error: 'invalid_grant' })

  const own = (await applicationToken(server, credentials)) ?? ''
  expect(await gate(server, own)).toBe('success')
  await openTab(page, clientId, 'Tokens')
  await page.getByRole('link', { name: 'Of the application' }).click()
  await confirmed(page, 'Revoke', 'Revoke it')
  await expect(page.getByText('No tokens of the application itself')).toBeVisible()
  expect(await gate(server, own)).toBe('invalid_token')

  const last = (await applicationToken(server, credentials)) ?? ''
  await page.getByRole('button', { name: 'Revoke all tokens' }).click()
  // A toast is a dialog to assistive technology too.
  const dialog = page.getByRole('dialog', { name: 'Revoke all tokens of Notes?' })
  await dialog.getByRole('textbox').fill('Wrong')
  await dialog.getByRole('button', { name: 'Revoke all tokens' }).click()
  await expect(dialog.getByRole('textbox')).toHaveAccessibleDescription(/not the client's name/)
  expect(await gate(server, last)).toBe('success')
  await dialog.getByRole('textbox').fill('Notes')
  await dialog.getByRole('button', { name: 'Revoke all tokens' }).click()
  await expect(dialog).toBeHidden()
  expect(await gate(server, last)).toBe('invalid_token')
  expect(complaints).toEqual([])
})

test('a refused redirect URI is offered, and a change of a domain shows what it would refuse', async ({
  page,
  party,
  server,
  person,
  axe,
  context,
}) => {
  test.setTimeout(120_000)
  const credentials = await clientOf(server, person, 'Callbacks', party.redirectUri)
  const { clientId } = credentials
  await logIn(page, person)

  await page.goto((await party.begin(credentials, { redirect_uri: 'http://localhost:4321/new' })).url)
  await page.goto((await party.begin(credentials, { redirect_uri: 'https://evil.example/cb' })).url)
  // The log is written within a second.
  await expect(async () => {
    await page.goto(`/clients/${clientId}/redirect-uris`)
    await expect(page.getByRole('list', { name: 'Asked for and refused' }).getByRole('listitem')).toHaveCount(2, { timeout: 500 })
  }).toPass()
  const evil = page.getByRole('listitem').filter({ hasText: 'https://evil.example/cb' })
  await expect(evil).toContainText('evil.example is not a domain of this client')
  await expect(evil.getByRole('button')).toHaveCount(0)
  expect(await axe(page)).toEqual([])
  await page.getByRole('button', { name: 'Add this URI' }).click()
  await expect(page.getByRole('row').filter({ hasText: 'http://localhost:4321/new' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Add this URI' })).toHaveCount(0)

  expect(await gate(server, credentials)).toBe('success')
  await openTab(page, clientId, 'Domains')
  const other = await context.newPage()
  await other.goto(`/clients/${clientId}/domains`)
  await domain(page).getByLabel('Allowed IP addresses').fill('203.0.113.0/24')
  await domain(page).getByRole('button', { name: 'Preview' }).click()
  const told = domain(page).getByRole('status').filter({ hasText: 'would have refused 1 request' })
  await expect(told).toContainText('The address is not on the list: 1')
  await expect(told).toContainText('GET v1/whoami: 1')
  expect(await axe(page)).toEqual([])
  expect(await gate(server, credentials)).toBe('success')
  // Nothing typed is lost by looking, and what was looked at is what is saved.
  await expect(domain(page).getByLabel('Allowed IP addresses')).toHaveValue('203.0.113.0/24')
  await domain(page).getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('localhost is saved.')).toBeVisible()
  expect(await gate(server, credentials)).toBe('ip_not_allowed')

  await domain(other).getByLabel('Fallback address').fill('http://localhost:4321/')
  await domain(other).getByRole('button', { name: 'Save' }).click()
  await expect(other.getByRole('alert').filter({ hasText: 'Someone else changed this meanwhile' })).toBeVisible()
  await other.reload()
  await domain(other).getByLabel('Fallback address').fill('http://localhost:4321/')
  await domain(other).getByRole('button', { name: 'Save' }).click()
  await expect(other.getByText('localhost is saved.')).toBeVisible()
  await other.goto((await party.begin(credentials, { redirect_uri: 'https://evil.example/cb' })).url)
  await expect(other.getByRole('link', { name: 'Back to Callbacks (localhost)' })).toHaveAttribute('href', 'http://localhost:4321/')
})

test('a secret is rotated with both sides in sight, and a leak is answered in one step', async ({
  page,
  party,
  server,
  person,
  axe,
  context,
}) => {
  const credentials = await clientOf(server, person, 'Leaky', party.redirectUri)
  const { clientId, clientSecret } = credentials
  const hint = clientSecret.slice(-4)
  await logIn(page, person)
  await openTab(page, clientId, 'Secrets')
  await page.getByRole('link', { name: 'Rotate' }).click()
  await page.getByRole('radio', { name: 'In 24 hours' }).check()
  await page.getByRole('button', { name: 'Rotate secret' }).click()
  await expect(page.getByText('Copy the secret now')).toBeVisible()
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('button', { name: 'Copy as .env' }).click()
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toMatch(new RegExp(`^OIDC_ISSUER=${server.url}/oidc\nOIDC_CLIENT_ID=${clientId}\nOIDC_CLIENT_SECRET=xws_test_\\w{46}\n$`))
  await page.getByRole('link', { name: 'Done' }).click()
  const old = page.getByRole('row').filter({ hasText: 'takes over from it' })
  const next = page.getByRole('row').filter({ hasText: `Takes over from …${hint}` })
  await expect(next).toContainText(/\d\d:\d\d:\d\d/)
  await expect(old).toContainText(/ends in 2[34]:|ends in 1 d/)
  await expect(old).toContainText('nothing would miss it')
  expect(await axe(page)).toEqual([])
  expect(await gate(server, credentials)).toBe('success')
  // The use is written within a second.
  await expect(async () => {
    await page.reload()
    await expect(old).toContainText(/Still in use: last used .* from /, { timeout: 500 })
  }).toPass()

  await old.getByRole('link', { name: 'Label, domains…' }).click()
  // The tab behind the link has a field of that name too, and is there until the page has come.
  await page.waitForURL(/\/secrets\/sec_/)
  await page.getByLabel('Label').fill('The old one')
  await page.getByRole('button', { name: 'Save' }).first().click()
  await expect(page.getByText(`The secret …${hint} is saved.`)).toBeVisible()

  const token = (await applicationToken(server, credentials)) ?? ''
  await openTab(page, clientId, 'Secrets')
  await page.getByRole('row').filter({ hasText: 'The old one' }).getByRole('link', { name: 'Leaked?' }).click()
  await page.getByRole('checkbox', { name: 'Also disable the client' }).check()
  await page.getByRole('button', { name: 'Revoke it and end all tokens' }).click()
  const done = page.getByRole('status').filter({ hasText: 'This was done' })
  await expect(done).toContainText(`The secret …${hint} is revoked.`)
  await expect(done).toContainText('1 token')
  await expect(done).toContainText('The client is disabled.')
  expect(await axe(page)).toEqual([])
  expect(await gate(server, token)).toBe('invalid_token')
  expect(await gate(server, credentials)).toBe('invalid_credentials')
})

test('looking before saving works without JavaScript', async ({ browser, party, server, person }) => {
  const credentials = await clientOf(server, person, 'Plain', party.redirectUri)
  const context = await browser.newContext({ baseURL: server.url, javaScriptEnabled: false })
  const page = await context.newPage()
  await logIn(page, person)
  expect(await gate(server, credentials)).toBe('success')
  await page.goto(`/clients/${credentials.clientId}/domains`)
  await domain(page).getByRole('switch', { name: 'Allow API' }).uncheck()
  // Saving what would have refused something shows that first.
  await domain(page).getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('would have refused 1 request')).toBeVisible()
  await expect(domain(page).getByRole('switch', { name: 'Allow API' })).not.toBeChecked()
  expect(await gate(server, credentials)).toBe('success')
  await domain(page).getByRole('button', { name: 'Save' }).click()
  await expect.poll(() => gate(server, credentials)).toBe('api_not_allowed')
  await context.close()
})
