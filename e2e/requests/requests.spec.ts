import { test as base, expect, type Page } from 'playwright/test'
import en from '#lib/i18n/en.json' with { type: 'json' }
import { fillLogin, newPerson, type Person } from '../fixtures/people.ts'
import { type HttpsInstallation, startHttpsInstallation } from './installation.ts'
import { type Answered, call, LIVE_HOST, makeShop, refuseEverything, type Shop } from './refusals.ts'

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

test('filters lead to a request, its drawer, and one click that mends it', async ({ page, world }) => {
  const { installation, owner, shop } = world
  await logIn(page, owner)
  await page.goto(`/clients/${shop.clientId}/requests`)
  await page.getByLabel('Decision').selectOption('ip_not_allowed')
  await page.getByRole('button', { name: 'Apply' }).click()
  await expect(page).toHaveURL(/decision=ip_not_allowed/)
  await expect(page.getByText('1 request', { exact: true })).toBeVisible()
  const line = page.getByRole('table').getByRole('link')
  await expect(line).toHaveCount(1)
  await line.focus()
  await page.keyboard.press('Enter')
  const drawer = page.getByRole('dialog', { name: /whoami/ })
  await expect(drawer.getByText('The caller’s address is not on the allowlist')).toBeVisible()
  await expect(page).toHaveURL(/open=req_/)
  await page.keyboard.press('Escape')
  await expect(drawer).toHaveCount(0)
  await page.getByRole('link', { name: 'Remove filter Decision: ip_not_allowed' }).click()
  await expect(line.nth(1)).toBeVisible()

  await installation.sql(`UPDATE domains SET ip_allowlist = '{10.0.0.0/8}' WHERE id = $1`, shop.domainId)
  await page.goto(`/requests/${world.refused.get('ip_not_allowed')?.requestId}`)
  await page.getByRole('button', { name: 'Allow 203.0.113.7' }).click()
  const question = page.getByRole('dialog', { name: `Allow the address 203.0.113.7 on ${LIVE_HOST}?` })
  await question.getByRole('button', { name: 'Allow 203.0.113.7' }).click()
  await expect(page.getByText('This has been mended since: the same request would pass this check now.')).toBeVisible()
  const [domain] = await installation.sql('SELECT ip_allowlist FROM domains WHERE id = $1', shop.domainId)
  expect(domain?.ip_allowlist).toEqual(['10.0.0.0/8', '203.0.113.7/32'])
  expect((await call(installation, shop)).code).toBe('success')
  await installation.sql(`UPDATE domains SET ip_allowlist = '{}' WHERE id = $1`, shop.domainId)
})

test('the log is followed live, exported, and its filters get a name', async ({ page, world }) => {
  await logIn(page, world.owner)
  await page.goto('/requests?status=2xx')
  await page.getByRole('switch', { name: 'Live' }).check()
  await expect(page.getByText(/^(Waiting for requests|\d+ new requests?)$/)).toBeVisible()
  const { requestId } = await call(world.installation, world.shop)
  await expect(page.getByRole('table').locator(`a[href="/requests/${requestId}"]`)).toBeVisible()
  await call(world.installation, world.shop, { domain: 'other.example.com' })
  await page.getByRole('switch', { name: 'Live' }).uncheck()

  await page.getByRole('button', { name: 'Export' }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'JSON Lines' }).click()
  expect((await download).suggestedFilename()).toMatch(/^requests-.*\.jsonl$/)
  await expect(page.getByText(/^Done: \d+ rows/)).toBeVisible()
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'Save view' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('What went well')
  await page.getByRole('dialog').getByRole('button', { name: 'Save view' }).click()
  const view = page.getByRole('navigation', { name: 'Saved views' }).getByRole('link', { name: 'What went well' })
  await expect(view).toHaveAttribute('aria-current', 'true')
  await page.goto('/requests')
  await view.click()
  await expect(page).toHaveURL(/status=2xx/)
})

test('a request that nobody made is explained without being counted', async ({ page, world }) => {
  const { installation, shop, owner } = world
  await logIn(page, owner)
  await page.goto(`/requests/explain?client=${shop.clientId}`)
  const count = () => installation.sql('SELECT count(*) FROM request_logs')
  const before = await count()
  await page.getByLabel('X-Client-Domain').fill('localhost')
  await page.getByRole('button', { name: 'Explain', exact: true }).click()
  await expect(page.getByText(/^The answer would be/)).toContainText('mode_mismatch')
  await page.getByLabel('X-Client-Secret').selectOption('wrong')
  await page.getByRole('button', { name: 'Explain', exact: true }).click()
  await expect(page.locator('[aria-current=step]')).toHaveAttribute('data-check', 'invalid_credentials')
  expect(await count()).toEqual(before)
})

test.describe('without scripts, in Dutch', () => {
  test.use({ javaScriptEnabled: false, locale: 'nl-NL' })

  test('the log, its filters and its explanations are there', async ({ page, world }) => {
    await page.goto('/login')
    await page.locator('input[name=email]').fill(world.owner.email)
    await page.locator('input[name=password]').fill(world.owner.password)
    await page
      .locator('form', { has: page.locator('input[name=password]') })
      .locator('button[type=submit]')
      .click()
    await expect(page).toHaveURL(/\/clients/)
    await page.goto('/requests')
    await page.getByLabel('Besluit').selectOption('domain_inactive')
    await page.getByRole('button', { name: 'Toepassen' }).click()
    await page.getByRole('table').getByRole('link').click()
    await expect(page).toHaveURL(/\/requests\/req_/)
    await expect(page.getByText('Het domein staat uit', { exact: true })).toBeVisible()
    await expect(page.locator('[aria-current=step]')).toContainText('Hier geweigerd')
  })
})
