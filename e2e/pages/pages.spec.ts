import { expect, test } from '../fixtures/index.ts'
import { clientOf, logIn } from '../fixtures/people.ts'
import { consentPage, dashboardPages, publicPages, type Stop } from './all-pages.ts'

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme })

    for (const { name, path, status = 200 } of publicPages) {
      test(`${name} is accessible and complains about nothing`, async ({ page, axe, complaints }) => {
        const response = await page.goto(path)
        expect(response?.status()).toBe(status)
        expect(await axe(page)).toEqual([])
        expect(complaints).toEqual([])
      })
    }

    test('every page of the owner of a client is accessible and complains about nothing', async ({
      page,
      axe,
      complaints,
      party,
      person,
      server,
    }) => {
      test.setTimeout(180_000)
      const credentials = await clientOf(server, person, 'Weather app', party.redirectUri)
      await logIn(page, person)
      const stops: Stop[] = [...dashboardPages(credentials.clientId), await consentPage(party, credentials)]
      for (const { name, path } of stops) {
        await test.step(name, async () => {
          const response = await page.goto(path)
          expect.soft(response?.status(), name).toBe(200)
          expect.soft(await axe(page), name).toEqual([])
        })
      }
      expect(complaints).toEqual([])
    })
  })
}

test.describe('Dutch', () => {
  test.use({ locale: 'nl-NL' })

  for (const { name, path } of publicPages) {
    test(`${name} speaks Dutch to a Dutch browser`, async ({ page }) => {
      await page.goto(path)
      await expect(page.locator('html')).toHaveAttribute('lang', 'nl')
      await expect(page.getByRole('heading').first()).not.toHaveText(/create your account|log in|not found|something/i)
    })
  }

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
