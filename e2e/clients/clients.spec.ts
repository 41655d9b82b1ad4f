import type { Page } from 'playwright/test'
import { addRedirectUri, createClient, openTab } from '../fixtures/dashboard.ts'
import { expect, test } from '../fixtures/index.ts'
import { createUser, logIn } from '../fixtures/people.ts'

/** What the token endpoint says to these credentials. */
async function tokenStatus(server: { url: string }, clientId: string, clientSecret: string): Promise<number> {
  const response = await fetch(`${server.url}/oidc/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  })
  await response.arrayBuffer()
  return response.status
}

test('a new client works at once, and its secret is shown once', async ({ page, person, server, complaints }) => {
  await logIn(page, person)
  const client = await createClient(page, 'Shop')
  await expect(page.getByRole('button', { name: /^Copy/ })).not.toHaveCount(0)
  expect(await tokenStatus(server, client.clientId, client.clientSecret)).toBe(200)
  expect(await tokenStatus(server, client.clientId, `${client.clientSecret.slice(0, -1)}x`)).toBe(401)

  await page.goto(`/clients/${client.clientId}`)
  await expect(page.getByRole('heading', { name: 'Shop' })).toBeVisible()
  expect(await page.content()).not.toContain(client.clientSecret)
  for (const tab of ['Overview', 'Domains', 'Redirect URIs', 'Scopes', 'Secrets', 'Settings']) {
    await expect(page.getByRole('link', { name: tab, exact: true }).last()).toBeVisible()
  }
  expect(complaints).toEqual([])
})

test('redirect URIs are exact, and a refused one says why', async ({ page, person }) => {
  await logIn(page, person)
  const client = await createClient(page, 'Callbacks')
  await addRedirectUri(page, client.clientId, 'http://localhost:4000/callback')
  for (const [uri, reason] of [
    ['http://localhost:4000/callback#part', /fragment/i],
    ['https://*.example.com/callback', /wildcard|\*/i],
    ['https://unknown.example.com/callback', /domain/i],
    ['not-an-address', /whole address/i],
  ] as const) {
    await page.getByLabel('Redirect URI', { exact: true }).fill(uri)
    await page.getByRole('button', { name: /^Add/ }).click()
    await expect(page.getByLabel('Redirect URI', { exact: true })).toHaveAccessibleDescription(reason)
  }
})

test('disabling stops the client at once, enabling brings it back', async ({ page, person, server }) => {
  await logIn(page, person)
  const client = await createClient(page, 'Switch')
  await openTab(page, client.clientId, 'Settings')
  await page.getByRole('button', { name: /^Disable/ }).click()
  await confirm(page, /^Disable/)
  await expect(page.getByRole('button', { name: /^Enable/ })).toBeVisible()
  expect(await tokenStatus(server, client.clientId, client.clientSecret)).toBe(401)
  await page.getByRole('button', { name: /^Enable/ }).click()
  await expect(page.getByRole('button', { name: /^Disable/ })).toBeVisible()
  expect(await tokenStatus(server, client.clientId, client.clientSecret)).toBe(200)
})

/** What the gate says to these credentials, from a server or, with `Origin`, from a browser. */
async function gateCode(server: { url: string }, client: { clientId: string; clientSecret: string }, origin?: string): Promise<string> {
  const response = await fetch(`${server.url}/api/v1/whoami`, {
    headers: {
      'X-Client-Id': client.clientId,
      'X-Client-Secret': client.clientSecret,
      'X-Client-Domain': 'localhost',
      ...(origin ? { Origin: origin } : {}),
    },
  })
  const body = (await response.json()) as { status: string; error?: { code: string } }
  return body.error?.code ?? body.status
}

test('restricting says why and stops the client, lifting brings it back', async ({ page, person, server, axe }) => {
  await logIn(page, person)
  const client = await createClient(page, 'Abused')
  await openTab(page, client.clientId, 'Settings')
  await page.getByRole('button', { name: 'Restrict client' }).click()
  await page.getByRole('dialog').getByLabel('Reason').fill('It sends spam')
  await confirm(page, /^Restrict client/)
  await expect(page.getByRole('button', { name: 'Lift restriction' })).toBeEnabled()
  expect(await gateCode(server, client)).toBe('client_restricted')
  expect(await tokenStatus(server, client.clientId, client.clientSecret)).toBe(401)

  await openTab(page, client.clientId, 'Overview')
  await expect(page.getByText('This client is restricted')).toBeVisible()
  await expect(page.getByText('Reason: It sends spam')).toBeVisible()
  await expect(page.getByText(/^Your team restricted it on/)).toBeVisible()
  expect(await axe(page)).toEqual([])

  await openTab(page, client.clientId, 'Settings')
  await page.getByRole('button', { name: 'Lift restriction' }).click()
  await expect(page.getByRole('button', { name: 'Restrict client' })).toBeVisible()
  expect(await gateCode(server, client)).toBe('success')
})

test('a team cannot lift what an operator set', async ({ page, person, server, axe }) => {
  await logIn(page, person)
  const client = await createClient(page, 'Judged')
  await server.cli('client', 'restrict', client.clientId, '--reason', 'Phishing')
  await openTab(page, client.clientId, 'Settings')
  await expect(page.getByText(/Your team cannot lift that: ask the operator/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Lift restriction' })).toBeDisabled()
  expect(await axe(page)).toEqual([])
  await openTab(page, client.clientId, 'Overview')
  await expect(page.getByText(/^An operator of this installation restricted it on/)).toBeVisible()
  await expect(page.getByText('Reason: Phishing')).toBeVisible()
  await server.cli('client', 'lift', client.clientId)
  expect(await gateCode(server, client)).toBe('success')
})

test('a secret used in a browser becomes an alert with its evidence', async ({ page, person, server, axe }) => {
  await logIn(page, person)
  const client = await createClient(page, 'Leaky')
  await page.goto(`/clients/${client.clientId}`)
  await expect(page.getByRole('heading', { name: 'Nothing unusual' })).toBeVisible()
  expect(await gateCode(server, client, 'https://shop.example')).toBe('browser_refused')
  // The watch writes after the answer, within a second.
  await expect(async () => {
    await page.reload()
    await expect(page.getByRole('heading', { name: 'A secret was used in a browser' })).toBeVisible({ timeout: 500 })
  }).toPass()
  const card = page.getByRole('region', { name: 'Alerts' })
  await expect(card).toContainText('1 time')
  await expect(card).toContainText(`Secret: …${client.clientSecret.slice(-4)}`)
  await expect(card).toContainText('Domain: localhost')
  expect(await axe(page)).toEqual([])
  expect(await page.content()).not.toContain(client.clientSecret)
})

test('deleting asks for the name, then the client is gone', async ({ page, person, server }) => {
  await logIn(page, person)
  const client = await createClient(page, 'Short-lived')
  await openTab(page, client.clientId, 'Settings')
  await page
    .getByRole('button', { name: /^Delete/ })
    .first()
    .click()
  const dialog = page.getByRole('dialog').or(page.getByRole('alertdialog'))
  await dialog.getByRole('textbox').fill('Short-lived')
  await dialog.getByRole('button', { name: /^Delete/ }).click()
  await expect(page).toHaveURL(/\/clients(\?|$)/)
  await expect(page.getByRole('main').getByText('Short-lived')).toHaveCount(0)
  expect(await tokenStatus(server, client.clientId, client.clientSecret)).toBe(401)
  expect((await page.goto(`/clients/${client.clientId}`))?.status()).toBe(404)
})

test('the client of another team is not there', async ({ page, person, server }) => {
  const stranger = await createUser(server)
  const made = await server.cli<{ client_id: string }>('client', 'create', '--owner', stranger.email, '--name', 'Not yours')
  await logIn(page, person)
  expect((await page.goto(`/clients/${made.client_id}`))?.status()).toBe(404)
  expect(await page.content()).not.toContain('Not yours')
})

/** Confirms in the dialog, when the action opens one. */
async function confirm(page: Page, name: RegExp): Promise<void> {
  const dialog = page.getByRole('dialog').or(page.getByRole('alertdialog'))
  await dialog.getByRole('button', { name }).click()
}
