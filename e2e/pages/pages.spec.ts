import type { Page } from 'playwright/test'
import { expect, test } from '../fixtures/index.ts'
import { createUser, logIn } from '../fixtures/people.ts'
import {
  consentPage,
  dashboardPages,
  installAccount,
  installClient,
  installProject,
  operatorPages,
  publicPages,
  type Stop,
} from './all-pages.ts'
import { routesOfPages, shows } from './routes.ts'

// Its walks are the longest of all: each worker takes what is next.
test.describe.configure({ mode: 'parallel' })

const WIDE = { width: 1440, height: 900 }
const NARROW = { width: 390, height: 844 }

/**
 * Opens each page once, and looks at it twice: wide and light, then narrow and dark. Theme and size follow the browser, so neither
 * needs another load. Every page is looked at, whatever the one before had.
 */
async function walk(page: Page, stops: readonly Stop[], axe: (page: Page) => Promise<string[]>): Promise<void> {
  test.setTimeout(60_000 + stops.length * 20_000)
  for (const { name, path, status = 200 } of stops) {
    await test.step(name, async () => {
      await page.emulateMedia({ colorScheme: 'light' })
      await page.setViewportSize(WIDE)
      const response = await page.goto(path)
      expect.soft(response?.status(), name).toBe(status)
      expect.soft(await axe(page), `${name}, wide and light`).toEqual([])
      expect.soft(await overflow(page), `${name}, wide`).toBe(0)
      await page.emulateMedia({ colorScheme: 'dark' })
      await page.setViewportSize(NARROW)
      expect.soft(await axe(page), `${name}, narrow and dark`).toEqual([])
      expect.soft(await overflow(page), `${name}, narrow`).toBe(0)
    })
  }
}

/** How many pixels the page is wider than the window: people on a phone must not scroll sideways. */
function overflow(page: Page): Promise<number> {
  return page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth))
}

test('every page of app is in the list of pages that are looked at', () => {
  const listed = {
    clientId: 'cl_x',
    clientSecret: '',
    secretId: 'sec_x',
    requestId: 'req_x',
    ownerId: 'usr_x',
    addressId: '1',
    ticketId: 'tkt_x',
    teamId: 'tm_x',
    projectId: '1',
  }
  const stops: Stop[] = [
    ...publicPages,
    ...dashboardPages(listed),
    ...operatorPages(listed),
    { name: 'consent', path: '', route: '/interaction/[uid]' },
  ]
  const routes = routesOfPages()
  expect(routes.length).toBeGreaterThan(10)
  expect(routes.filter((route) => !stops.some((stop) => shows(stop, route, routes)))).toEqual([])
})

test('public pages are accessible, fit a phone, and complain about nothing', async ({ page, axe, complaints }) => {
  await walk(page, publicPages, axe)
  expect(complaints).toEqual([])
})

test('pages of the owner of a client are accessible, fit a phone, and complain about nothing', async ({
  page,
  axe,
  complaints,
  party,
  person,
  server,
}) => {
  const client = await installClient(server, person, party.redirectUri)
  await logIn(page, person)
  const installed = { ...client, ...(await installAccount(page)) }
  await walk(page, [...dashboardPages(installed), await consentPage(party, installed)], axe)
  expect(complaints).toEqual([])
})

test('pages of an operator are accessible, fit a phone, and exist for nobody else', async ({ page, axe, complaints, person, server }) => {
  await logIn(page, person)
  const { ticketId } = await installAccount(page)
  const { teamId } = person
  for (const { path } of operatorPages({ ticketId, teamId, projectId: '1' })) {
    expect.soft((await page.request.get(path)).status(), path).toBe(404)
    const prefetched = await page.request.get(path, { headers: { rsc: '1', 'next-router-prefetch': '1' } })
    expect.soft(await prefetched.text(), path).not.toContain('SMTP')
  }
  await page.context().clearCookies()
  await logIn(page, await createUser(server, '--operator'))
  const { projectId } = await installProject(page)
  await walk(page, operatorPages({ ticketId, teamId, projectId }), axe)
  expect(complaints).toEqual([])
})

test.describe('Dutch', () => {
  test.use({ locale: 'nl-NL' })

  test('public pages speak Dutch to a Dutch browser', async ({ page }) => {
    test.setTimeout(120_000)
    for (const { name, path } of publicPages) {
      await page.goto(path)
      expect.soft(await page.locator('html').getAttribute('lang'), name).toBe('nl')
      const heading = await page.getByRole('heading').first().textContent()
      expect.soft(heading, name).not.toMatch(/create your account|log in|not found|something/i)
    }
  })

  test('the dashboard speaks Dutch to a Dutch browser', async ({ page, context, server, person }) => {
    const english = await context.browser()?.newContext({ baseURL: server.url, locale: 'en-US' })
    const other = await english?.newPage()
    await other?.goto('/login')
    await expect(other?.locator('html') ?? page.locator('html')).toHaveAttribute('lang', 'en')
    await english?.close()

    await page.goto('/login')
    await page.locator('input[name=email]').fill(person.email)
    await page.locator('input[name=password]').fill(person.password)
    await page
      .locator('form', { has: page.locator('input[name=password]') })
      .locator('button[type=submit]')
      .click()
    await expect(page).toHaveURL(/\/clients$/)
    await expect(page.locator('html')).toHaveAttribute('lang', 'nl')
    await expect(page.getByRole('link', { name: 'Create client' })).toHaveCount(0)
  })
})

test('log-in pages are not cached, not framed, and have a fresh nonce each time', async ({ request }) => {
  for (const path of ['/login', '/register']) {
    const policies = await Promise.all([1, 2].map(async () => (await request.get(path)).headers()))
    for (const headers of policies) {
      expect(headers['cache-control']).toContain('no-store')
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['x-request-id']).toMatch(/^req_/)
    }
    const [first, second] = policies.map((headers) => /'nonce-([^']+)'/.exec(headers['content-security-policy'] ?? '')?.[1])
    expect(first).toBeTruthy()
    expect(first).not.toBe(second)
  }
})
