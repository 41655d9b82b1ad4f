import type { Browser, Page, Route } from 'playwright/test'
import { expect, test } from '../fixtures/index.ts'
import { clientOf, createUser, fillLogin, logIn, logOut } from '../fixtures/people.ts'

// Much walking, on machines that do other things too.
test.describe.configure({ timeout: 180_000 })

const CALLBACK = 'http://localhost:4000/callback'

/** A page of another browser, one without JavaScript. */
async function plainPage(browser: Browser, baseURL: string): Promise<Page> {
  return (await browser.newContext({ baseURL, locale: 'en-US', javaScriptEnabled: false })).newPage()
}

/** Opens the palette by its key, once the page's scripts are there to hear it. */
async function openPalette(page: Page): Promise<void> {
  await expect(async () => {
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('combobox')).toBeFocused({ timeout: 4000 })
  }).toPass({ timeout: 20_000 })
}

test('the palette opens clients and pages by keyboard alone', async ({ page, person, server, axe, complaints }) => {
  const { clientId } = await clientOf(server, person, 'Weather app', CALLBACK)
  await clientOf(server, person, '<b>שלום</b> 🦊', CALLBACK)
  await logIn(page, person)
  const field = page.getByRole('combobox', { name: 'Search clients, pages and request IDs' })

  await openPalette(page)
  await expect(field).toBeFocused()
  await expect(page.getByRole('option', { name: /Weather app/ })).toBeVisible()
  expect(await axe(page)).toEqual([])
  await page.keyboard.type('שלום')
  await expect(page.getByRole('option')).toHaveCount(1)
  await page.keyboard.press('Escape')
  await expect(field).toHaveCount(0)

  await openPalette(page)
  await page.keyboard.type('weather')
  await expect(page.getByRole('option')).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/clients/${clientId}$`))

  await openPalette(page)
  await page.keyboard.type('cli')
  await expect(page.getByRole('option', { name: 'Create client' })).toBeVisible()
  await page.keyboard.press('ArrowUp')
  await expect(page.getByRole('option', { selected: true })).toHaveText('Create client')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/clients\/new$/)
  expect(complaints).toEqual([])
})

test('the palette knows every page, and those of the installation for operators only', async ({ page, person, server }) => {
  await logIn(page, person)
  const found = async (q: string) => (await (await page.request.get(`/search/results?q=${q}`)).json()) as { pages: { href: string }[] }
  const hrefs = async (q: string) => (await found(q)).pages.map(({ href }) => href)
  expect(await hrefs('audit')).toEqual(['/team/audit'])
  expect(await hrefs('team settings')).toEqual(['/team/settings'])
  expect(await hrefs('explain')).toEqual(['/requests/explain'])
  expect(await hrefs('sessions')).toEqual(['/account/sessions'])
  expect(await hrefs('signing')).toEqual([])
  expect(await hrefs('/operator/keys')).toEqual([])
  await logOut(page)
  await logIn(page, await createUser(server, '--operator'))
  expect(await hrefs('signing')).toEqual(['/operator/keys'])
  await page.goto('/search?q=signing')
  await page.getByRole('main').getByRole('link', { name: 'Signing keys' }).click()
  await expect(page.getByRole('heading', { name: 'Signing keys' })).toBeVisible()
})

test('a person’s own pages have the whole frame', async ({ page, server, axe }) => {
  await logIn(page, await createUser(server, '--operator'))
  await page.goto('/account/sessions')
  await expect(page.getByRole('button', { name: /^Team:/ })).toBeVisible()
  await page.getByRole('button', { name: /^Account and settings of/ }).click()
  expect(await axe(page)).toEqual([])
  await page.getByRole('link', { name: 'Installation' }).click()
  await expect(page).toHaveURL(/\/operator$/)
  await expect(page.getByRole('heading', { name: 'Installation' })).toBeVisible()
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

test('without JavaScript there are the list and the search page', async ({ browser, person, server }) => {
  const { clientId } = await clientOf(server, person, 'Weather app', CALLBACK)
  const page = await plainPage(browser, server.url)
  await logIn(page, person)
  await expect(page.getByRole('main').getByRole('link', { name: 'Weather app' })).toBeVisible()
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

test('a form that finds no answer keeps what was typed, and says so', async ({ page, person, server }) => {
  const { clientId } = await clientOf(server, person, 'Weather app', CALLBACK)
  await logIn(page, person)
  const address = `/clients/${clientId}/settings`
  await page.goto(address, { waitUntil: 'networkidle' })
  const name = page.getByLabel('Client name')
  const save = page.getByRole('button', { name: 'Save' }).first()
  const answers: [instead: Parameters<Route['fulfill']>[0] | 'none', said: string][] = [
    ['none', 'No answer came: you may be offline.'],
    [{ status: 502, contentType: 'text/html', body: '<h1>Bad gateway</h1>' }, 'No answer came: you may be offline.'],
    [{ status: 409, headers: { 'x-nextjs-action-not-found': '1' }, body: 'Gone' }, 'This page is older than the server.'],
  ]
  for (const [index, [instead, said]] of answers.entries()) {
    const typed = `Name ${index}`
    await page.route(`**${address}`, (route) => (instead === 'none' ? route.abort('internetdisconnected') : route.fulfill(instead)))
    await name.fill(typed)
    await save.click()
    await expect(page.getByRole('alert').filter({ hasText: said })).toBeVisible()
    await expect(name).toHaveValue(typed)
    await page.unroute(`**${address}`)
    await save.click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(typed)
  }
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
