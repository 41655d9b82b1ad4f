import path from 'node:path'
import type { Page } from 'playwright/test'
import { createClient } from '../fixtures/dashboard.ts'
import { test } from '../fixtures/index.ts'
import { createUser, logIn } from '../fixtures/people.ts'
import {
  consentPage,
  dashboardPages,
  installAccount,
  installClient,
  installProject,
  operatorPages,
  publicPages,
} from '../pages/all-pages.ts'

const FOLDER = path.resolve(import.meta.dirname, '../../test-results/screenshots')
const SIZES = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } }

/** Four pictures of the page that is open: wide and narrow, light and dark. It is loaded once: size and theme follow the browser. */
async function shoot(page: Page, name: string): Promise<void> {
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await page.screenshot({ path: path.join(FOLDER, `${name}-${colorScheme}-${size}.png`), fullPage: true, animations: 'disabled' })
    }
  }
}

test('pages', async ({ page, party, person, server }) => {
  test.setTimeout(900_000)
  for (const stop of publicPages) {
    await page.goto(stop.path)
    await shoot(page, stop.name)
  }
  await page.setViewportSize(SIZES.wide)
  const client = await installClient(server, person, party.redirectUri)
  await logIn(page, person)
  const installed = { ...client, ...(await installAccount(page)) }
  for (const stop of [...dashboardPages(installed), await consentPage(party, installed)]) {
    await page.goto(stop.path)
    await shoot(page, stop.name)
  }
  await page.context().clearCookies()
  await page.setViewportSize(SIZES.wide)
  await logIn(page, await createUser(server, '--operator'))
  for (const stop of operatorPages({ ...installed, teamId: person.teamId, ...(await installProject(page)) })) {
    await page.goto(stop.path)
    await shoot(page, stop.name)
  }
  await page.context().clearCookies()
  await page.setViewportSize(SIZES.wide)
  await logIn(page, person)
  await createClient(page, 'Mobile app')
  await shoot(page, 'client-created')
})
