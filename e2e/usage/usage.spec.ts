import { expect, test } from '../fixtures/index.ts'
import { clientOf, logIn } from '../fixtures/people.ts'

// What a team's usage page makes of real requests, without scripts: forms and links must do.
test.use({ javaScriptEnabled: false })

test('a person sees how their clients are used, and takes the figures along', async ({ page, server, person, party }) => {
  const busy = await clientOf(server, person, 'Busy shop', party.redirectUri)
  const quiet = await clientOf(server, person, 'Quiet corner', party.redirectUri)
  const call = (host: string) =>
    fetch(`${server.url}/api/v1/whoami`, {
      headers: { 'x-client-id': busy.clientId, 'x-client-secret': busy.clientSecret, 'x-client-domain': host },
    })
  for (let n = 0; n < 6; n++) expect((await call('localhost')).status).toBe(200)
  for (let n = 0; n < 2; n++) expect((await call('evil.example.com')).status).toBe(403)
  await logIn(page, person)

  await test.step('the team', async () => {
    await expect(async () => {
      await page.goto('/usage')
      await expect(page.getByRole('img', { name: /^Requests over time: 8 in all, of which 2 refused/ })).toBeVisible({ timeout: 1_000 })
    }).toPass({ timeout: 20_000 })
    await expect(page.getByRole('region', { name: 'By client' }).getByRole('row', { name: /Busy shop/ })).toContainText('25%')
    await expect(page.getByRole('region', { name: 'By client' })).not.toContainText('Quiet corner')
    await expect(page.getByRole('region', { name: /by cause/ }).getByRole('row', { name: /domain_not_allowed/ })).toContainText('2')
    await expect(page.getByText(/time zone UTC/)).toBeVisible()
  })

  await test.step('every figure as a table, by keyboard', async () => {
    await page.getByText('The figures as a table').press('Enter')
    const row = page.getByRole('region', { name: 'The figures as a table' }).getByRole('row').last()
    await expect(row).toBeVisible()
    await expect(row.getByRole('cell').first()).toHaveText(/^[0-8]$/)
  })

  await test.step('as CSV', async () => {
    const link = page.getByRole('link', { name: 'Download as CSV: Refused and failed, by cause' })
    const file = await page.request.get((await link.getAttribute('href')) ?? '')
    expect(file.headers()['content-type']).toBe('text/csv; charset=utf-8')
    expect(file.headers()['content-disposition']).toContain('attachment')
    expect(await file.text()).toBe('id,name,requests,failed\r\ndomain_not_allowed,domain_not_allowed,2,2\r\n')
  })

  await test.step('ten years are clamped, and said to be', async () => {
    await page.getByLabel('From').fill('2016-01-01')
    await page.getByRole('button', { name: 'Show' }).click()
    await expect(page).toHaveURL(/from=2016-01-01/)
    await expect(page.getByText('Usage is kept for 13 months, so this is the longest range that there is.')).toBeVisible()
    await expect(page.getByRole('img', { name: /^Requests over time: 8 in all/ })).toBeVisible()
  })

  await test.step('a client without requests says what to do', async () => {
    await page.goto(`/clients/${quiet.clientId}/usage`)
    await expect(page.getByRole('heading', { name: 'No requests in this range' })).toBeVisible()
    await page.getByRole('link', { name: 'Connect the client' }).click()
    await expect(page).toHaveURL(new RegExp(`/clients/${quiet.clientId}$`))
  })

  await test.step('nobody else', async () => {
    const other = await server.cli<{ team: { id: string } }>(
      'user',
      'create',
      '--email',
      `x${Date.now()}@example.test`,
      '--password',
      'a long enough phrase',
      '--name',
      'X',
    )
    for (const path of [`/usage?team=${other.team.id}`, '/clients/cl_00000000000000000000/usage', `/usage/export?team=${other.team.id}`]) {
      expect((await page.request.get(path)).status(), path).toBe(404)
    }
    const refused = await page.request.get('/clients/cl_00000000000000000000/usage/export')
    expect([refused.status(), refused.headers()['cache-control']]).toEqual([404, 'no-store'])
  })
})
