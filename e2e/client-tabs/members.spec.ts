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
