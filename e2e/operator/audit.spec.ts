import { readFileSync } from 'node:fs'
import { expect, test } from '../fixtures/index.ts'
import { createUser, logIn, logOut } from '../fixtures/people.ts'
import { installProject } from '../pages/all-pages.ts'

test('the log of the installation tells operators what changed, who did it, before and after, and nobody else', async ({
  page,
  server,
  person,
  axe,
  complaints,
}) => {
  test.setTimeout(120_000)
  const operator = await createUser(server, '--operator')
  await logIn(page, operator)
  await installProject(page)
  await page.goto('/operator/keys')
  await page.getByRole('button', { name: 'Rotate now' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Rotate now' }).click()
  await expect(page.getByRole('row', { name: /Only verifies/ }).first()).toBeVisible()

  const main = page.getByRole('main')
  const rows = main.locator('details')
  await test.step('newest first, with everything behind each line', async () => {
    await page.getByRole('navigation', { name: 'Installation' }).getByRole('link', { name: 'Audit log' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Audit log' })).toBeVisible()
    await expect(rows.nth(0)).toContainText('Signing keys rotated')
    await expect(rows.nth(1)).toContainText('Project created: Northwind Travel')
    await rows.nth(0).locator('summary').click()
    for (const side of ['del', 'ins']) {
      const told = rows.nth(0).locator(side, { hasText: /alg: \w+, kid: / })
      await expect(told.first()).toBeVisible()
    }
    await expect(rows.nth(0)).toContainText(operator.email)
    await expect(rows.nth(0).getByRole('button', { name: 'Undo' })).toHaveCount(0)
    expect(await axe(page)).toEqual([])
  })
  await test.step('narrowed by who, what and when, each taken away again', async () => {
    await rows.nth(0).getByRole('link', { name: 'Only theirs' }).click()
    await expect(page).toHaveURL(new RegExp(`/operator/audit\\?actor=${operator.id}$`))
    await expect(rows).toHaveCount(2)
    await main.getByLabel('What').selectOption({ label: 'Projects' })
    await main.getByRole('button', { name: 'Filter' }).click()
    await expect(rows).toHaveCount(1)
    await expect(rows.first()).toContainText('Project created')
    await main.getByLabel('Until').fill('2020-01-01')
    await main.getByRole('button', { name: 'Filter' }).click()
    await expect(main.getByText('Nothing found')).toBeVisible()
    await main.getByRole('link', { name: 'Remove the filter Until: 2020-01-01' }).click()
    await expect(rows).toHaveCount(1)
    await main.getByRole('link', { name: 'Remove the filter What: Projects' }).click()
    await expect(page).toHaveURL(new RegExp(`/operator/audit\\?actor=${operator.id}$`))
    await expect(rows).toHaveCount(2)
  })
  await test.step('taken along, as the filters leave it', async () => {
    await page.goto('/operator/audit?action=project')
    const [download] = await Promise.all([page.waitForEvent('download'), main.getByRole('link', { name: 'Export CSV' }).click()])
    expect(download.suggestedFilename()).toMatch(/^installation-audit-log-\d{4}-\d\d-\d\d\.csv$/)
    const lines = readFileSync(await download.path(), 'utf8')
      .trim()
      .split('\r\n')
    expect(lines).toHaveLength(2)
    expect(lines[1]).toMatch(/,project\.created,user,/)
    const json = await page.request.get(`/operator/audit/export?format=jsonl&actor=${operator.id}`)
    expect((await json.text()).trim().split('\n')).toHaveLength(2)
  })
  await test.step('in Dutch', async () => {
    await page.context().addCookies([{ name: 'locale', value: 'nl', url: server.url }])
    await page.goto('/operator/audit?action=keys')
    await expect(page.getByRole('heading', { level: 1, name: 'Auditlog' })).toBeVisible()
    await expect(rows.first()).toContainText('Ondertekensleutels gewisseld')
    await page.context().clearCookies({ name: 'locale' })
  })
  await test.step('not there for others', async () => {
    await page.goto('/operator')
    await logOut(page)
    await logIn(page, person)
    const answer = await page.request.get('/operator/audit')
    expect(answer.status()).toBe(404)
    expect(await answer.text()).not.toContain('Northwind Travel')
    const file = await page.request.get('/operator/audit/export')
    expect([file.status(), await file.text(), file.headers()['cache-control']]).toEqual([404, 'not_found\n', 'no-store'])
    await page.context().clearCookies()
    expect((await page.request.get('/operator/audit/export')).status()).toBe(401)
  })
  expect(complaints).toEqual([])
})
