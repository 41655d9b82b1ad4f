import type { Page } from 'playwright/test'
import { expect, test } from '../fixtures/index.ts'
import { clientOf, logIn } from '../fixtures/people.ts'

test.use({ viewport: { width: 390, height: 844 } })

/** All of it, but for a pixel that a strip may cut off its lower edge. */
const IN_SIGHT = { ratio: 0.95 }

/** How far what is in the page's boxes of tables is wider than they are, in pixels: 0 when nothing scrolls sideways. */
function overflowOfTables(page: Page): Promise<number> {
  return page
    .getByRole('main')
    .locator('section:has(> table)')
    .evaluateAll((boxes) => Math.max(...boxes.map((box) => box.scrollWidth - box.clientWidth)))
}

test('the current tab is in sight, and the page stays where it is', async ({ page, party, server, person }) => {
  const { clientId } = await clientOf(server, person, 'Pocket', party.redirectUri)
  await logIn(page, person)
  await page.goto(`/clients/${clientId}/settings`)
  const tab = (name: string) => page.getByRole('navigation', { name: 'Client' }).getByRole('link', { name, exact: true })
  const [settings, usage, overview] = [tab('Settings'), tab('Usage'), tab('Overview')]
  await expect(settings).toHaveAttribute('aria-current', 'page')
  await expect(settings).toBeInViewport(IN_SIGHT)
  await expect(overview).not.toBeInViewport()
  expect(await page.evaluate(() => [scrollX, scrollY])).toEqual([0, 0])

  await usage.click()
  await expect(usage).toHaveAttribute('aria-current', 'page')
  await expect(usage).toBeInViewport(IN_SIGHT)
  await page.setViewportSize({ width: 844, height: 390 })
  // A phone shows what is in between; two sizes within one frame are none to a page.
  await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))))
  await page.setViewportSize({ width: 390, height: 844 })
  await expect(usage).toBeInViewport(IN_SIGHT)
  // The list of tabs is as wide as it was: nothing moved but the strip.
  await page.goto(`/clients/${clientId}`)
  await expect(overview).toBeInViewport(IN_SIGHT)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
})

test('a name of one long word widens no page', async ({ page, party, server, person }) => {
  const { clientId } = await clientOf(server, person, 'W'.repeat(80), party.redirectUri)
  await logIn(page, person)
  await page.goto('/team/settings')
  await page.getByLabel('Team name').fill('M'.repeat(80))
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('The team is called').first()).toBeVisible()
  const pages = ['/clients', '/usage', '/plan', '/team', '/team/invite', `/team/members/${person.id}`, '/requests/explain']
  for (const path of [...pages, `/clients/${clientId}`, `/clients/${clientId}/settings`]) {
    await page.goto(path)
    expect.soft(await page.evaluate(() => document.documentElement.scrollWidth), path).toBe(390)
  }
})

test('tables are cards, and their buttons are in sight', async ({ page, party, server, person, axe }) => {
  test.setTimeout(120_000)
  const credentials = await clientOf(server, person, 'Pocket', party.redirectUri)
  const { clientId } = credentials
  await logIn(page, person)
  const attempt = await party.begin(credentials)
  await page.goto(attempt.url)
  await page.getByRole('button', { name: 'Allow' }).click()
  await party.finish(page, attempt)

  const stops = [
    [`/clients/${clientId}/secrets`, 'button', 'Revoke'],
    [`/clients/${clientId}/secrets`, 'link', 'Leaked?'],
    [`/clients/${clientId}/tokens`, 'button', 'Revoke'],
    [`/clients/${clientId}/users`, 'button', 'End connection'],
    [`/clients/${clientId}/redirect-uris`, 'button', 'Remove'],
    ['/team', 'link', person.name],
  ] as const
  for (const [path, role, name] of stops) {
    await test.step(path, async () => {
      await page.goto(path)
      const control = page.getByRole('main').getByRole('table').getByRole(role, { name, exact: true }).first()
      await control.scrollIntoViewIfNeeded()
      await expect(control).toBeInViewport(IN_SIGHT)
      expect(await overflowOfTables(page)).toBe(0)
      expect(await axe(page)).toEqual([])
    })
  }
})

test('lists are sorted by links above them, and no link that is out of sight takes the focus', async ({
  page,
  party,
  server,
  person,
  axe,
}) => {
  await clientOf(server, person, 'Zebra', party.redirectUri)
  await clientOf(server, person, 'Aardvark', party.redirectUri)
  await logIn(page, person)
  const names = page.getByRole('main').getByRole('link', { name: /^(Zebra|Aardvark)$/ })
  await expect(names).toHaveText(['Aardvark', 'Zebra'])
  const order = page.getByRole('navigation', { name: 'Sort by' })
  await order.getByRole('link', { name: 'Name' }).click()
  await expect(order.getByRole('link', { name: 'Name (ascending)' })).toHaveAttribute('aria-current', 'true')
  await expect(names).toHaveText(['Aardvark', 'Zebra'])
  await order.getByRole('link', { name: 'Name (ascending)' }).click()
  await expect(order.getByRole('link', { name: 'Name (descending)' })).toHaveAttribute('aria-current', 'true')
  await expect(names).toHaveText(['Zebra', 'Aardvark'])
  expect(await overflowOfTables(page)).toBe(0)
  expect(await axe(page)).toEqual([])

  // From the last order on to the first client, without a stop in the head of the table.
  await order.getByRole('link').last().focus()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('region', { name: 'Clients' })).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(names.first()).toBeFocused()
})
