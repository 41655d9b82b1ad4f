import type { Browser, Page } from 'playwright/test'
import { expect, test } from '../fixtures/index.ts'
import { clientOf, createUser, fillLogin, logIn, logOut } from '../fixtures/people.ts'

// Much walking, on machines that do other things too.
test.describe.configure({ timeout: 180_000 })

const CALLBACK = 'http://localhost:4000/callback'

/** A page of another browser, one without JavaScript. */
async function plainPage(browser: Browser, baseURL: string): Promise<Page> {
  return (await browser.newContext({ baseURL, locale: 'en-US', javaScriptEnabled: false })).newPage()
}

test('the palette opens clients and pages by keyboard alone', async ({ page, person, server, axe, complaints }) => {
  const { clientId } = await clientOf(server, person, 'Weather app', CALLBACK)
  await clientOf(server, person, '<b>שלום</b> 🦊', CALLBACK)
  await logIn(page, person)
  const field = page.getByRole('combobox', { name: 'Search clients, pages and request IDs' })

  await page.keyboard.press('Control+k')
  await expect(field).toBeFocused()
  await expect(page.getByRole('option', { name: /Weather app/ })).toBeVisible()
  expect(await axe(page)).toEqual([])
  await page.keyboard.type('שלום')
  await expect(page.getByRole('option')).toHaveCount(1)
  await page.keyboard.press('Escape')
  await expect(field).toHaveCount(0)

  await page.keyboard.press('Control+k')
  await page.keyboard.type('weather')
  await expect(page.getByRole('option')).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/clients/${clientId}$`))

  await page.keyboard.press('Control+k')
  await page.keyboard.type('cli')
  await expect(page.getByRole('option', { name: 'Create client' })).toBeVisible()
  await page.keyboard.press('ArrowUp')
  await expect(page.getByRole('option', { selected: true })).toHaveText('Create client')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/clients\/new$/)
  expect(complaints).toEqual([])
})

test('what the palette finds is the own, and nothing for nobody', async ({ page, person, server, request }) => {
  const stranger = await createUser(server)
  const foreign = await clientOf(server, stranger, 'Hidden gem', CALLBACK)
  await logIn(page, person)
  const asked: Record<string, string>[] = [{}, { RSC: '1' }, { RSC: '1', 'Next-Router-Prefetch': '1' }]
  for (const headers of asked) {
    for (const q of ['hidden', foreign.clientId]) {
      for (const path of ['/search', '/search/results']) {
        const answer = await page.request.get(`${path}?q=${q}`, { headers })
        expect(answer.status(), path).toBe(200)
        expect(await answer.text()).not.toContain('Hidden gem')
      }
    }
  }
  expect((await request.get('/search/results?q=')).status()).toBe(401)
})

test('without JavaScript there is the search page', async ({ browser, person, server }) => {
  const { clientId } = await clientOf(server, person, 'Weather app', CALLBACK)
  const page = await plainPage(browser, server.url)
  await logIn(page, person)
  await page.getByRole('link', { name: 'Jump to' }).last().click()
  await page.getByLabel(/^Search clients/).fill('weath')
  await page.getByRole('main').getByRole('button', { name: 'Search' }).click()
  await page.getByRole('main').getByRole('link', { name: 'Weather app' }).click()
  await expect(page).toHaveURL(new RegExp(`/clients/${clientId}$`))
  await page.context().close()
})

test('a session that ended mid-form loses nothing that was typed', async ({ browser, page, person, server }) => {
  const { clientId } = await clientOf(server, person, 'Weather app', CALLBACK)
  const plain = await plainPage(browser, server.url)
  for (const tab of [page, plain]) {
    const name = tab === page ? 'Typed with JavaScript' : 'Typed without'
    await logIn(tab, person)
    await tab.goto(`/clients/${clientId}/settings`)
    await tab.getByLabel('Client name').fill(name)
    const other = await tab.context().newPage()
    await other.goto('/logout')
    await other.getByRole('button', { name: 'Log out' }).click()
    await expect(other).toHaveURL(/\/login/)

    await tab.getByRole('button', { name: 'Save' }).first().click()
    await expect(tab).toHaveURL(/\/login/)
    await fillLogin(tab, person)
    await expect(tab).toHaveURL(new RegExp(`/clients/${clientId}/settings`))
    await expect(tab.getByText('You were logged out when you sent this form')).toBeVisible()
    await expect(tab.getByLabel('Client name')).toHaveValue(name)
    await tab.getByRole('button', { name: 'Save' }).first().click()
    await expect(tab.getByRole('heading', { level: 1 })).toHaveText(name)
  }
  // The next person at this browser sees none of it.
  const address = page.url()
  await logOut(page)
  await logIn(page, await createUser(server))
  await page.goto(address)
  expect(await page.content()).not.toContain('Typed with JavaScript')
  await plain.context().close()
})

test('what is not there is said inside the frame', async ({ page, person, server }) => {
  const { clientId } = await clientOf(server, person, 'Weather app', CALLBACK)
  await logIn(page, person)
  for (const path of [`/clients/${clientId}/no-such-tab`, '/clients/cl_unknown', '/clients?team=tm_unknown']) {
    expect((await page.goto(path))?.status(), path).toBe(404)
    await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible()
    await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
  }
})
