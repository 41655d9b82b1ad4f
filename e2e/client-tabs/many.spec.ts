import { expect, test } from '../fixtures/index.ts'
import { logIn } from '../fixtures/people.ts'

test('a client with many domains and redirect URIs has a search on both tabs', async ({ page, server, person, axe }) => {
  const hosts = Array.from({ length: 11 }, (_, index) => `shop${index + 1}.example.com`)
  const made = await server.cli<{ client_id: string }>(
    ...['client', 'create', '--owner', person.email, '--name', 'Many'],
    ...hosts.flatMap((host) => ['--domain', host, '--redirect-uri', `https://${host}/cb`]),
  )
  await logIn(page, person)

  await page.goto(`/clients/${made.client_id}/domains`)
  const cards = page.getByRole('main').getByRole('region', { name: /^shop\d+/ })
  await expect(cards).toHaveCount(8)
  await page.getByRole('link', { name: 'Next page' }).click()
  await expect(cards).toHaveCount(3)
  await page.getByRole('link', { name: 'First page' }).click()
  await expect(cards).toHaveCount(8)
  await page.getByLabel('Search domains').fill('SHOP10')
  await page.getByRole('button', { name: 'Find' }).click()
  await expect(cards).toHaveCount(1)
  await expect(cards).toHaveAccessibleName(/^shop10\.example\.com/)
  expect(await axe(page)).toEqual([])
  await page.goto(`/clients/${made.client_id}/domains?q=nowhere`)
  await page.getByRole('link', { name: 'Show all domains' }).click()
  await expect(cards).toHaveCount(8)

  await page.goto(`/clients/${made.client_id}/redirect-uris`)
  const rows = page.getByRole('row').filter({ hasText: '/cb' })
  await expect(rows).toHaveCount(11)
  await page.getByLabel('Search redirect URIs').fill('shop7')
  await page.getByRole('button', { name: 'Find' }).click()
  await expect(rows).toHaveCount(1)
  expect(await axe(page)).toEqual([])
  await page.getByLabel('Search redirect URIs').fill('nowhere')
  await page.getByRole('button', { name: 'Find' }).click()
  await page.getByRole('link', { name: 'Show all redirect URIs' }).click()
  await expect(rows).toHaveCount(11)
})
