import path from 'node:path'
import { createClient } from '../fixtures/dashboard.ts'
import { test } from '../fixtures/index.ts'
import { clientOf, logIn } from '../fixtures/people.ts'
import { consentPage, dashboardPages, publicPages } from '../pages/all-pages.ts'

const FOLDER = path.resolve(import.meta.dirname, '../../test-results/screenshots')
const SIZES = [
  { name: 'wide', viewport: { width: 1440, height: 900 } },
  { name: 'narrow', viewport: { width: 390, height: 844 } },
]

for (const colorScheme of ['light', 'dark'] as const) {
  for (const { name: size, viewport } of SIZES) {
    test.describe(`${colorScheme} ${size}`, () => {
      test.use({ colorScheme, viewport })

      test('pages', async ({ page, party, person, server }) => {
        const shoot = async (name: string) =>
          page.screenshot({ path: path.join(FOLDER, `${name}-${colorScheme}-${size}.png`), fullPage: true, animations: 'disabled' })
        for (const stop of publicPages) {
          await page.goto(stop.path)
          await shoot(stop.name)
        }
        const credentials = await clientOf(server, person, 'Weather app', party.redirectUri)
        await logIn(page, person)
        for (const stop of [...dashboardPages(credentials.clientId), await consentPage(party, credentials)]) {
          await page.goto(stop.path)
          await shoot(stop.name)
        }
        await createClient(page, 'Mobile app')
        await shoot('client-created')
      })
    })
  }
}
