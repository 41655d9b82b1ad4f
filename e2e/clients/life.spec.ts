import type { Locator, Page } from 'playwright/test'
import { createClient } from '../fixtures/dashboard.ts'
import { expect, test } from '../fixtures/index.ts'
import { clientOf, createUser, logIn } from '../fixtures/people.ts'

// Much walking, on machines that do other things too.
test.describe.configure({ timeout: 180_000 })

const CALLBACK = 'http://localhost:4000/callback'
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

/** Moves the focus by Tab, as far as it takes. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor()
  for (let presses = 0; presses < 80; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not reach ${target}`)
}

async function pressOn(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target)
  await page.keyboard.press('Enter')
}

test('a client is created, disabled and deleted by keyboard alone', async ({ page, person, complaints }) => {
  await logIn(page, person)
  await pressOn(page, page.getByRole('button', { name: 'Create client' }))
  await tabTo(page, page.getByLabel('Client name'))
  await page.keyboard.type('Keyboard')
  await pressOn(page, page.getByRole('button', { name: 'Create client' }))
  await expect(page.getByText('Client secret', { exact: true })).toBeVisible()
  await pressOn(page, page.getByRole('link', { name: 'To the client' }))

  await pressOn(page, page.getByRole('button', { name: 'Disable client' }))
  await pressOn(page, page.getByRole('dialog', { name: 'Disable Keyboard?' }).getByRole('button', { name: 'Disable client' }))
  await expect(page.getByRole('button', { name: 'Enable client' })).toBeVisible()

  await pressOn(page, page.getByRole('link', { name: 'Settings', exact: true }))
  await pressOn(page, page.getByRole('button', { name: 'Delete client' }))
  const dialog = page.getByRole('dialog', { name: 'Delete Keyboard?' })
  await tabTo(page, dialog.getByRole('textbox'))
  await page.keyboard.type('Keyboar')
  await page.keyboard.press('Enter')
  await expect(dialog.getByText("This is not the client's name.")).toBeVisible()
  await tabTo(page, dialog.getByRole('textbox'))
  await page.keyboard.press('End')
  await page.keyboard.type('d')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/clients\?deleted=1/)
  expect(complaints).toEqual([])
})

test('the list searches, filters and sorts in its address, and brings back what was deleted', async ({ page, person, server, axe }) => {
  const shop = await clientOf(server, person, 'Shop', CALLBACK)
  await clientOf(server, person, 'متجر 🦊 <b>bold</b>', CALLBACK)
  const rows = page.getByRole('main').getByRole('row')
  await logIn(page, person)
  await expect(rows).toHaveCount(3)
  await expect(page.getByRole('link', { name: 'متجر 🦊 <b>bold</b>' })).toBeVisible()

  await page.getByRole('link', { name: 'Name', exact: true }).click()
  await expect(page).toHaveURL(/sort=name&dir=asc/)
  await expect(rows.nth(1)).toContainText('Shop')
  await page.getByLabel('Search', { exact: true }).fill('SHO')
  await page.getByRole('button', { name: 'Search clients' }).click()
  await expect(page).toHaveURL(/sort=name/)
  await expect(rows).toHaveCount(2)
  await page.getByRole('navigation', { name: 'Status' }).getByRole('link', { name: 'Disabled' }).click()
  await expect(page.getByText('No client matches')).toBeVisible()
  await page.getByRole('navigation', { name: 'Mode' }).getByRole('link', { name: 'Test' }).click()
  await expect(page).toHaveURL(/mode=test/)
  await page.getByRole('navigation', { name: 'Status' }).getByRole('link', { name: 'Active' }).click()
  await expect(page).toHaveURL(/q=SHO&.*status=active.*mode=test|q=SHO&.*mode=test.*status=active/)
  await expect(rows).toHaveCount(2)

  await server.cli('client', 'delete', shop.clientId)
  await page.goto('/clients?status=deleted')
  expect(await axe(page)).toEqual([])
  await page.getByRole('button', { name: 'Restore Shop' }).click()
  await expect(page.getByText('The client is back, without secrets')).toBeVisible()
  expect((await page.goto(`/clients/${shop.clientId}/quickstart`))?.status()).toBe(200)
  await page.goto('/clients?q=shop')
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await axe(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
})

test('the quickstart ticks itself, and shows the secret once', async ({ page, person, server, browser }) => {
  await logIn(page, person)
  const { clientId, clientSecret } = await createClient(page, 'First steps')
  const done = page.getByRole('listitem').filter({ hasText: 'Done:' })
  await expect(done).toHaveCount(0)
  const token = await fetch(`${server.url}/oidc/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  })
  expect(token.status).toBe(200)
  await expect(done).toHaveText([/first token/])
  const headers = { 'X-Client-Id': clientId, 'X-Client-Secret': clientSecret, 'X-Client-Domain': 'localhost' }
  expect((await fetch(`${server.url}/api/v1/whoami`, { headers })).status).toBe(200)
  await expect(done).toHaveText([/first token/, /first API call/])

  await page.getByRole('link', { name: 'To the client' }).click()
  await page.getByRole('link', { name: 'Open the quickstart' }).click()
  await expect(done).toHaveCount(2)
  await page.getByText('Postman', { exact: true }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download Postman collection' }).click(),
  ])
  const chunks: Buffer[] = []
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer)
  const collection = Buffer.concat(chunks).toString()
  expect(collection).toContain(clientId)
  for (const text of [collection, await page.content()]) expect(text).not.toContain(clientSecret)
  for (let steps = 0; steps < 3; steps++) {
    await page.goBack()
    expect(await page.content()).not.toContain(clientSecret)
  }

  const plain = await (await browser.newContext({ baseURL: server.url, locale: 'en-US', javaScriptEnabled: false })).newPage()
  await logIn(plain, person)
  await plain.goto(`/clients/${clientId}/quickstart`)
  await expect(plain.getByRole('listitem').filter({ hasText: 'Done:' })).toHaveCount(2)
  await plain.context().close()
})

test('a form that is sent twice makes one client', async ({ page, person, server, browser }) => {
  await logIn(page, person)
  await page.goto('/clients/new')
  await page.getByLabel('Client name').fill('Double click')
  await page.getByRole('button', { name: 'Create client' }).dblclick()
  await expect(page.getByText(/xws_test_/).first()).toBeVisible()

  const plain = await (await browser.newContext({ baseURL: server.url, locale: 'en-US', javaScriptEnabled: false })).newPage()
  await logIn(plain, person)
  await plain.goto('/clients/new')
  await plain.getByLabel('Client name').fill('Sent again')
  await plain.getByRole('button', { name: 'Create client' }).click()
  await expect(plain.getByText(/xws_test_/).first()).toBeVisible()
  await plain.reload()
  await expect(plain.getByText('This form was sent twice.', { exact: false })).toBeVisible()
  expect(await plain.content()).not.toContain('xws_test_')
  await plain.context().close()

  await page.goto('/clients')
  for (const name of ['Double click', 'Sent again']) await expect(page.getByRole('link', { name })).toHaveCount(1)
})

test('names are checked, and the later editor is told', async ({ page, person, server }) => {
  const { clientId } = await clientOf(server, person, 'Shop', CALLBACK)
  await logIn(page, person)
  await page.goto(`/clients/${clientId}/settings`)
  const late = await page.context().newPage()
  await late.goto(`/clients/${clientId}/settings`)
  const name = page.getByLabel('Client name')
  const save = page.locator('form', { has: name }).getByRole('button', { name: 'Save' })
  for (const [typed, problem] of [
    ['x'.repeat(201), 'At most 200 characters.'],
    [' ', 'Fill this in.'],
    ['a\u202eb', 'No control or invisible characters.'],
  ] as const) {
    await name.fill(typed)
    await save.click()
    await expect(name).toHaveAccessibleDescription(problem)
    await expect(name).toHaveValue(typed)
  }
  const long = `<i>${'🦊'.repeat(193)}</i>`
  await name.fill(long)
  await page.getByLabel('Description').fill('One\nשתיים')
  await save.click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(long)

  await late.getByLabel('Client name').fill('Too late')
  await late
    .locator('form', { has: late.getByLabel('Client name') })
    .getByRole('button', { name: 'Save' })
    .click()
  await expect(late.getByText('Someone else changed this client meanwhile')).toBeVisible()
  await expect(late.getByLabel('Client name')).toHaveValue('Too late')
})

test('what ID tokens are signed with is chosen in the settings, kept, and told in both languages', async ({ page, person, server }) => {
  const { clientId } = await clientOf(server, person, 'Shop', CALLBACK)
  await logIn(page, person)
  await page.goto(`/clients/${clientId}/settings`)
  const algorithm = page.getByLabel('ID tokens are signed with')
  await expect(algorithm).toHaveValue('RS256')
  await expect(algorithm).toHaveAccessibleDescription(/FAPI 2\.0 takes ES256 or EdDSA/)
  for (const chosen of ['ES256', 'EdDSA']) {
    await algorithm.selectOption(chosen)
    await page.locator('form', { has: algorithm }).getByRole('button', { name: 'Save' }).click()
    await expect(page.getByText('The token policy is saved')).toBeVisible()
    await expect(algorithm).toHaveValue(chosen)
    await page.reload()
    await expect(algorithm).toHaveValue(chosen)
  }
  await page.context().addCookies([{ name: 'locale', value: 'nl', url: page.url() }])
  await page.reload()
  await expect(page.getByLabel('ID-tokens worden ondertekend met')).toHaveValue('EdDSA')
})

test('a logo is a picture and nothing else', async ({ page, person, server, request }) => {
  const { clientId } = await clientOf(server, person, 'Shop', CALLBACK)
  await logIn(page, person)
  await page.goto(`/clients/${clientId}/settings`)
  await page
    .getByLabel('Picture')
    .setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: Buffer.from('<svg onload="alert(1)"/>') })
  await page.getByRole('button', { name: 'Upload logo' }).click()
  await expect(page.getByLabel('Picture')).toHaveAccessibleDescription(/not a PNG, JPEG or WebP/)
  await page.getByLabel('Picture').setInputFiles({ name: 'logo.png', mimeType: 'text/html', buffer: PNG })
  await page.getByRole('button', { name: 'Upload logo' }).click()
  await expect(page.getByRole('button', { name: 'Remove logo' })).toBeVisible()
  const address = (await page.getByRole('main').locator('img').getAttribute('src')) ?? ''
  const logo = await request.get(address)
  expect(logo.status()).toBe(200)
  expect(logo.headers()).toMatchObject({ 'content-type': 'image/png', 'x-content-type-options': 'nosniff' })
  expect(logo.headers()['content-security-policy']).toContain("default-src 'none'")
  expect((await request.get(`${address}x`)).status()).toBe(404)
})

test('a stranger gets nothing by address, by prefetch or by sending the form', async ({ page, person, server, browser }) => {
  const { clientId } = await clientOf(server, person, 'Hidden gem', CALLBACK)
  await logIn(page, person)
  await page.goto(`/clients/${clientId}/settings`)
  await page.getByLabel('Client name').fill('Renamed')
  const sending = page.waitForRequest((request) => request.method() === 'POST' && request.headers()['next-action'] !== undefined)
  await page.getByRole('button', { name: 'Save' }).first().click()
  const sent = await sending
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Renamed')

  const stranger = await (await browser.newContext({ baseURL: server.url, locale: 'en-US' })).newPage()
  await logIn(stranger, await createUser(server))
  const asked: Record<string, string>[] = [
    {},
    { RSC: '1' },
    { RSC: '1', 'Next-Router-Prefetch': '1' },
    { RSC: '1', 'Next-Router-Prefetch': '1', 'Next-Router-Segment-Prefetch': '/_tree' },
  ]
  for (const path of ['', '/quickstart', '/settings', '/postman', '/first-uses']) {
    for (const headers of asked) {
      const answer = await stranger.request.get(`/clients/${clientId}${path}`, { headers })
      expect(await answer.text(), `${path} ${JSON.stringify(headers)}`).not.toContain('Renamed')
      if (headers.RSC === undefined) expect(answer.status(), path).toBe(404)
    }
  }
  // The owner's own form, sent by the stranger; to the client's page and to one that they may open.
  const body = (sent.postDataBuffer()?.toString('latin1') ?? '').replace('Renamed', 'Stolen!')
  const action = sent.headers()
  const headers = { 'next-action': action['next-action'] ?? '', 'content-type': action['content-type'] ?? '', origin: server.url }
  for (const path of [`/clients/${clientId}/settings`, '/clients']) {
    const answer = await stranger.request.post(path, { headers, data: Buffer.from(body, 'latin1') })
    expect(await answer.text(), path).not.toContain('Renamed')
  }
  await stranger.context().close()
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Renamed')
})
