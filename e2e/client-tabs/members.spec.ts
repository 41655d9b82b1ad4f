import { expect, test } from '../fixtures/index.ts'
import { clientOf, logIn } from '../fixtures/people.ts'
import { memberOf } from './member.ts'

test('a member without permissions sees what they may not do, disabled and named', async ({ page, party, server, person, axe }) => {
  test.setTimeout(120_000)
  const { clientId } = await clientOf(server, person, 'Shared', party.redirectUri)
  await logIn(page, await memberOf(server, person, ['clients.read']))
  for (const [tab, permission, button] of [
    ['domains', 'domains.manage', 'Save'],
    ['redirect-uris', 'domains.manage', 'Add redirect URI'],
    ['scopes', 'clients.update', 'Save'],
    ['secrets', 'secrets.manage', 'Create secret'],
    ['tokens', 'tokens.revoke', 'Revoke all tokens'],
    ['users', 'logs.read', null],
    ['settings', 'clients.update', 'Save'],
    ['settings', 'clients.delete', 'Delete client'],
  ] as const) {
    await test.step(tab, async () => {
      await page.goto(`/clients/${clientId}/${tab}`)
      await expect(page.getByText(`You need the permission ${permission} for this.`).first()).toBeVisible()
      if (button) await expect(page.getByRole('button', { name: button }).first()).toBeDisabled()
      expect.soft(await axe(page), tab).toEqual([])
    })
  }
  await page.goto(`/clients/${clientId}/secrets`)
  await page.getByRole('link', { name: 'Leaked?' }).click()
  await expect(page.getByRole('button', { name: 'Revoke it and end all tokens' })).toBeDisabled()
})

test('a client moves to another team of its owner, with what it is, and out of sight of those it leaves', async ({
  page,
  browser,
  party,
  server,
  person,
  axe,
}) => {
  const { clientId } = await clientOf(server, person, 'Movable', party.redirectUri)
  const left = await browser.newContext({ baseURL: server.url, locale: 'en-US' })
  const member = await left.newPage()
  await logIn(member, await memberOf(server, person, ['clients.read']))
  await logIn(page, person)
  await page.goto(`/clients/${clientId}/settings`)
  await expect(page.getByText('There is no other team in which you may create clients.')).toBeVisible()

  await page.goto('/teams/new')
  await page.getByLabel('Team name').fill('The other side')
  await page.getByRole('button', { name: 'Create team' }).click()
  await expect(page).toHaveURL(/\/team$/)
  await page.goto('/team/settings')
  await server.cli('plan', 'set', (await page.locator('input[name=teamId]').first().getAttribute('value')) ?? '', 'free')

  await page.goto(`/clients/${clientId}/settings`)
  await page.getByRole('button', { name: 'Transfer client' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Team').selectOption({ label: 'The other side' })
  await expect(dialog).toContainText('It counts against the plan of the other team')
  expect(await axe(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Transfer client' }).click()
  await expect(page.getByText(/Movable .*The other side/).first()).toBeVisible()

  expect((await member.goto(`/clients/${clientId}`))?.status()).toBe(404)
  await page.goto('/clients')
  await expect(page.getByRole('link', { name: 'Movable' })).toBeVisible()
  await page.goto(`/clients?team=${person.teamId}`)
  await expect(page.getByRole('link', { name: 'Movable' })).toHaveCount(0)
  await left.close()
})
