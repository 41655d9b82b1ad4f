import { readFile } from 'node:fs/promises'
import type { Locator, Page } from 'playwright/test'
import { expect, test } from '../fixtures/index.ts'
import { clientOf, logIn } from '../fixtures/people.ts'

/** More stops than any page has. */
const MOST_TABS = 200

/** Goes on with the Tab key until `target` has the focus, as someone without a mouse does. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  for (let tabs = 0; tabs < MOST_TABS; tabs++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  await expect(target, 'the Tab key leads to it').toBeFocused()
}

async function type(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field)
  await page.keyboard.type(text)
}

async function press(page: Page, control: Locator, key = 'Enter'): Promise<void> {
  await tabTo(page, control)
  await page.keyboard.press(key)
}

test('every flow of the dashboard by keyboard alone', async ({ page, person, server, party }) => {
  test.setTimeout(240_000)
  const { clientId } = await clientOf(server, person, 'Weather app', party.redirectUri)
  await logIn(page, person)
  const main = page.getByRole('main')
  const button = (name: string | RegExp) => main.getByRole('button', { name })
  const dialog = page.getByRole('dialog')
  const said = (text: string | RegExp) => expect(page.getByText(text).first()).toBeVisible()

  await test.step('domain', async () => {
    await page.goto(`/clients/${clientId}/domains`)
    await type(page, main.getByLabel('Host name'), 'app.example.com')
    await press(page, button('Add domain'))
    await expect(main.getByRole('heading', { name: 'app.example.com' })).toBeVisible()
  })
  await test.step('redirect URI', async () => {
    await page.goto(`/clients/${clientId}/redirect-uris`)
    await type(page, main.getByLabel('Redirect URI', { exact: true }), 'http://localhost:4321/cb')
    await press(page, button('Add redirect URI').last())
    await said('http://localhost:4321/cb')
  })
  await test.step('scopes', async () => {
    await page.goto(`/clients/${clientId}/scopes`)
    const phone = main.getByRole('checkbox', { name: /phone/ }).first()
    await press(page, phone, 'Space')
    await expect(phone).toBeChecked()
    await press(page, button('Save'))
    await said(/saved/i)
    await page.reload()
    await expect(phone).toBeChecked()
  })
  await test.step('secret', async () => {
    await page.goto(`/clients/${clientId}/secrets`)
    await press(page, button('Create secret'))
    await said(/xws_test_/)
  })
  await test.step('role', async () => {
    await page.goto('/team/roles/new')
    await type(page, main.getByLabel('Role name'), 'Support')
    await press(page, main.getByLabel('logs.read'), 'Space')
    await press(page, button('Create role'))
    await expect(page.getByRole('heading', { name: /Support/ })).toBeVisible()
  })
  await test.step('invitation', async () => {
    await page.goto('/team/invite')
    await type(page, main.getByLabel('Email'), 'guest@example.test')
    await press(page, button('Send invitation'))
    await said('guest@example.test')
  })
  await test.step('profile', async () => {
    await page.goto('/account')
    await type(page, main.getByLabel('First name'), 'Augusta')
    await press(page, button('Save'))
    await said('Your profile is saved.')
  })
  await test.step('teams, of which the one made last is at hand', async () => {
    for (const name of ['Annex', 'Second team']) {
      await page.goto('/teams/new')
      await type(page, main.getByLabel('Team name'), name)
      await press(page, button('Create team'))
      await expect(page).toHaveURL(/\/team$/)
    }
  })
  await test.step('plan of that team', async () => {
    for (const [trigger, plan] of [
      ['Activate Free', 'Free'],
      ['Change to Pro', 'Pro'],
    ] as const) {
      await page.goto('/plan')
      await press(page, button(trigger))
      await press(page, dialog.getByRole('button', { name: trigger }))
      await said(`The plan is ${plan} now.`)
    }
    await expect(main.getByRole('heading', { name: /Pro\s*Your plan/ })).toBeVisible()
  })
  await test.step('the way back to the other team', async () => {
    const switcher = page.getByRole('button', { name: /^Team:/ })
    await press(page, switcher)
    await press(page, page.getByRole('dialog', { name: 'Teams' }).getByRole('button', { name: /Personal/ }))
    await expect(switcher).toHaveText(/Ada Lovelace/)
  })
  await test.step('client to another team', async () => {
    await page.goto(`/clients/${clientId}/settings`)
    await press(page, button('Transfer client'))
    const team = dialog.getByLabel('Team')
    // Annex stands first: a list is chosen from by the first letters.
    await type(page, team, 'Sec')
    await expect(team.locator('option:checked')).toHaveText('Second team')
    await press(page, dialog.getByRole('button', { name: 'Transfer client' }))
    await said(/Weather app .*Second team/)
  })
  await test.step('export of the audit log that tells of it', async () => {
    await page.goto(`/team/audit?team=${person.teamId}`)
    for (const format of ['CSV', 'JSON Lines']) {
      const link = main.getByRole('link', { name: `Export ${format}` })
      await tabTo(page, link)
      const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')])
      const text = await readFile(await download.path(), 'utf8')
      expect(text, format).toContain('client.transferred')
      expect(text, format).toContain(clientId)
    }
  })
})
