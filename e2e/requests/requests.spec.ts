import { test as base, expect, type Page } from 'playwright/test'
import en from '#lib/i18n/en.json' with { type: 'json' }
import { fillLogin, newPerson, type Person } from '../fixtures/people.ts'
import { type HttpsInstallation, startHttpsInstallation } from './installation.ts'
import { type Answered, makeShop, refuseEverything, type Shop } from './refusals.ts'

type World = { installation: HttpsInstallation; owner: Person; shop: Shop; refused: Map<string, Answered> }

const test = base.extend<object, { world: World }>({
  world: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures that this one needs from here
    async ({}, use) => {
      const installation = await startHttpsInstallation()
      const owner = newPerson()
      await installation.server.cli('user', 'create', '--email', owner.email, '--password', owner.password, '--name', owner.name)
      const shop = await makeShop(installation, owner.email)
      const refused = await refuseEverything(installation, shop)
      await use({ installation, owner, shop, refused })
      await installation.dispose()
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  baseURL: async ({ world }, use) => use(world.installation.server.url),
})

test.use({ ignoreHTTPSErrors: true })
test.setTimeout(120_000)

async function logIn(page: Page, person: Person): Promise<void> {
  await page.goto('/login')
  await fillLogin(page, person)
  await expect(page).toHaveURL(/\/clients/)
}

/** Not a check of the gate: decided after it. */
const AFTER_THE_GATE = ['scope_not_granted', 'user_not_found', 'consent_required']
/** The contract's number of each check. */
const NUMBERS: Record<string, number> = {
  login_not_allowed: 15,
  api_not_allowed: 15,
  ip_not_allowed: 16,
  rate_limited: 17,
  quota_exceeded: 18,
}

test('every refusal of the contract is explained, with the check that refused marked', async ({ page, world }) => {
  const { refused, owner } = world
  for (const [code, answer] of refused) expect(answer.code).toBe(code)
  expect(refused.size).toBe(19 + AFTER_THE_GATE.length)
  await logIn(page, owner)
  const causes = en.explain.causes as Record<string, { title: string; fix: string }>
  for (const [index, [code, { requestId, status }]] of [...refused].entries()) {
    await test.step(code, async () => {
      await expect(async () => expect((await page.goto(`/requests/${requestId}`))?.status()).toBe(200)).toPass()
      const main = page.getByRole('main')
      await expect(main.getByText(String(status), { exact: true }).first()).toBeVisible()
      await expect(main.getByText(causes[code]?.title ?? '', { exact: true }).first()).toBeVisible()
      await expect(main.getByText(causes[code]?.fix ?? '', { exact: true })).toBeVisible()
      await expect(main.getByText(requestId, { exact: true }).first()).toBeVisible()
      const checks = page.getByRole('list', { name: 'The checks in order' }).getByRole('listitem')
      await expect(checks).toHaveCount(18)
      const marked = checks.and(page.locator('[aria-current=step]'))
      if (AFTER_THE_GATE.includes(code)) return expect(marked).toHaveCount(0)
      await expect(marked).toHaveCount(1)
      await expect(marked).toHaveAttribute('data-check', code)
      const number = NUMBERS[code] ?? index + 1
      await expect(checks.nth(number - 1)).toHaveAttribute('data-check', code)
      for (const before of await checks.all().then((all) => all.slice(0, number - 1)))
        expect(await before.getAttribute('data-verdict'), code).toBe('passed')
      await expect(main.getByRole('link', { name: /^To / }).first()).toBeVisible()
    })
  }
  expect(await page.content()).not.toContain(world.shop.live)
})

test('a stranger finds nothing', async ({ page, world }) => {
  const { server } = world.installation
  const stranger = newPerson('Eve')
  await server.cli('user', 'create', '--email', stranger.email, '--password', stranger.password, '--name', stranger.name)
  await logIn(page, stranger)
  const answer = world.refused.get('ip_not_allowed')
  expect((await page.goto(`/requests/${answer?.requestId}`))?.status()).toBe(404)
  expect((await page.goto(`/clients/${world.shop.clientId}/requests`))?.status()).toBe(404)
  await page.goto('/requests')
  await expect(page.getByRole('heading', { name: 'No requests yet' })).toBeVisible()
})
