import type { Browser, Page, Request } from 'playwright/test'
import type { ServerProcess } from '#lib/testing/server-process.ts'
import { expect, test } from '../fixtures/index.ts'
import { clientOf, createUser, logIn, newPerson, type Person } from '../fixtures/people.ts'

const CALLBACK = 'http://localhost:4000/callback'

/** Someone else's browser. */
async function someone(browser: Browser, server: ServerProcess, options: { javaScriptEnabled?: boolean } = {}): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.url, locale: 'en-US', ...options })
  return context.newPage()
}

async function invite(page: Page, email: string, role: string): Promise<void> {
  await page.goto('/team')
  await page.getByRole('button', { name: 'Invite member' }).click()
  await page.getByLabel('Email', { exact: true }).fill(email)
  await page.getByLabel('Role', { exact: true }).selectOption({ label: role })
}

async function registerInvited(page: Page, person: Person): Promise<void> {
  await expect(page.getByLabel('Email', { exact: true })).toHaveValue(person.email)
  await page.getByLabel('Name', { exact: true }).fill(person.name)
  await page.getByLabel('Password', { exact: true }).fill(person.password)
  await page.getByRole('button', { name: 'Create account' }).click()
}

test('someone without an account is invited, joins, and sees what the role allows, until removed', async ({
  page,
  browser,
  person,
  server,
  mailbox,
  axe,
}) => {
  test.setTimeout(180_000)
  const shop = await clientOf(server, person, 'Shop', CALLBACK)
  const blog = await clientOf(server, person, 'Blog', CALLBACK)
  const guest = newPerson('Grace Hopper')
  await logIn(page, person)
  await invite(page, guest.email, 'Viewer')
  await page.getByLabel('Only chosen clients').check()
  await page.getByLabel('Shop', { exact: true }).check()
  await page.getByRole('button', { name: 'Send invitation' }).click()
  await expect(page.getByText(`${guest.email} is invited.`)).toBeVisible()
  expect(await axe(page)).toEqual([])

  const mail = await mailbox.next(guest.email)
  expect(mail.subject).toContain('Ada Lovelace')
  const link = /http:\S+\/invitations\/\w+/.exec(mail.text)?.[0] ?? ''
  // Whoever else has the link hears for whom it is, and no more.
  const other = await someone(browser, server)
  await logIn(other, await createUser(server))
  await other.goto(link)
  await expect(other.getByRole('heading', { name: 'This invitation is for someone else' })).toBeVisible()
  expect(await other.content()).not.toContain('Ada Lovelace</')
  await other.context().close()

  const visitor = await someone(browser, server)
  await visitor.goto(link)
  expect(await axe(visitor)).toEqual([])
  await visitor.getByRole('button', { name: 'Create your account' }).click()
  await registerInvited(visitor, guest)
  await expect(visitor.getByRole('heading', { name: 'Join the team Ada Lovelace' })).toBeVisible()
  await expect(visitor.getByText('Ada Lovelace invites you.')).toBeVisible()
  expect(await axe(visitor)).toEqual([])
  await visitor.getByRole('button', { name: 'Accept' }).click()
  await expect(visitor.getByText('You are now a member of Ada Lovelace.')).toBeVisible()
  await expect(visitor.getByRole('button', { name: 'Invite member' })).toBeDisabled()
  await expect(visitor.getByText('You need the permission members.manage for this.')).toBeVisible()
  // They came by mail, so the address is proven.
  await visitor.goto('/account/security')
  await expect(visitor.getByText('Verified', { exact: true })).toBeVisible()

  await visitor.goto('/clients')
  await expect(visitor.getByRole('link', { name: 'Shop' })).toBeVisible()
  await expect(visitor.getByText('Blog')).toHaveCount(0)
  expect((await visitor.goto(`/clients/${blog.clientId}`))?.status()).toBe(404)
  await visitor.goto(`/clients/${shop.clientId}/settings`)
  await expect(visitor.getByLabel('Client name')).toBeDisabled()
  await visitor.goto('/plan')
  await expect(visitor.getByRole('button', { name: 'Change to Pro' })).toBeDisabled()
  await visitor.goto('/team/audit')
  await expect(visitor.getByText('You need the permission audit.read for this.')).toBeVisible()

  await page.goto('/team?sort=name')
  await page.getByRole('link', { name: guest.name }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(guest.name)
  await page.getByLabel('Role', { exact: true }).selectOption({ label: 'Developer' })
  await page.getByRole('button', { name: 'Save' }).first().click()
  await expect(page.getByText('The role is changed.')).toBeVisible()
  await visitor.goto(`/clients/${shop.clientId}/settings`)
  await expect(visitor.getByLabel('Client name')).toBeEnabled()

  await page.getByRole('button', { name: 'Remove member' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove member' }).click()
  await expect(page.getByText('The member is removed.')).toBeVisible()
  // The form was open: what it sends is refused, and nothing of the client is shown.
  await visitor.getByLabel('Client name').fill('Taken over')
  await visitor.getByRole('button', { name: 'Save' }).first().click()
  await expect(
    visitor.getByText('It is no longer there, or not yours.').or(visitor.getByRole('heading', { name: /not found/i })),
  ).toBeVisible()
  expect((await visitor.goto(`/clients/${shop.clientId}`))?.status()).toBe(404)
  await visitor.context().close()
})

/** The Server Action that the page sends while `work` runs, as it went over the wire. */
async function actionOf(page: Page, work: () => Promise<void>): Promise<Request> {
  const sent = page.waitForRequest((request) => request.method() === 'POST' && 'next-action' in request.headers())
  await work()
  return sent
}

test('a stranger gets nothing of a team, by address, by prefetch, or by sending its forms', async ({ page, browser, person, server }) => {
  const member = await createUser(server)
  await logIn(page, person)
  await invite(page, member.email, 'Viewer')
  await page.getByRole('button', { name: 'Send invitation' }).click()
  await expect(page.getByText(`${member.email} is invited.`)).toBeVisible()

  await page.goto('/team/settings')
  await page.getByLabel('Team name').fill('Secret lab')
  const renaming = await actionOf(page, () => page.getByRole('button', { name: 'Save' }).click())
  await expect(page.getByText('The team is called Secret lab now.')).toBeVisible()
  await page.goto('/plan')
  await page.getByRole('button', { name: 'Change to Pro' }).click()
  const changing = await actionOf(page, () => page.getByRole('dialog').getByRole('button', { name: 'Change to Pro' }).click())
  await expect(page.getByText('The plan is Pro now.')).toBeVisible()
  await page.goto('/team/audit?action=team')
  await page.getByText('Team renamed').first().click()
  const undoing = await actionOf(page, () => page.getByRole('button', { name: 'Undo' }).click())
  await expect(page.getByText('The change is undone.')).toBeVisible()

  const stranger = await someone(browser, server)
  await logIn(stranger, await createUser(server))
  const asked: Record<string, string>[] = [
    {},
    { RSC: '1' },
    { RSC: '1', 'Next-Router-Prefetch': '1' },
    { RSC: '1', 'Next-Router-Segment-Prefetch': '/_tree' },
  ]
  const paths = ['/team', `/team/members/${person.id}`, '/team/roles', '/team/audit', '/team/settings', '/team/invite', '/plan', '/clients']
  for (const path of paths) {
    for (const headers of asked) {
      const answer = await stranger.request.get(`${path}?team=${person.teamId}`, { headers })
      const text = await answer.text()
      for (const theirs of ['Secret lab', person.email, member.email])
        expect(text, `${path} ${JSON.stringify(headers)}`).not.toContain(theirs)
    }
  }
  expect((await stranger.goto(`/team?team=${person.teamId}`))?.status()).toBe(404)
  const download = await stranger.request.get(`/team/audit/export?format=csv&team=${person.teamId}`)
  expect([download.status(), await download.text()]).toEqual([404, 'not_found\n'])

  for (const action of [renaming, changing, undoing]) {
    for (const extra of asked) {
      const { cookie: _, ...headers } = action.headers()
      // What they typed comes back to them: it is another name of the same length.
      const typed = (action.postDataBuffer() ?? Buffer.from('')).toString('latin1').replaceAll('Secret lab', 'Stolen lab')
      const sending = { headers: { ...headers, ...extra, origin: server.url }, data: Buffer.from(typed, 'latin1') }
      const text = await (await stranger.request.post(action.url(), sending)).text()
      expect(text, 'refused for who sends it, not for where it comes from').not.toContain('did not come from this site')
      expect(text).not.toContain('Secret lab')
      expect(text).not.toContain(person.email)
    }
  }
  await stranger.context().close()
  await page.goto('/team/settings')
  await expect(page.getByLabel('Team name')).toHaveValue('Ada Lovelace')
  await page.goto('/plan')
  await expect(page.getByRole('heading', { name: /Pro\s*Your plan/ })).toBeVisible()
})

test('without JavaScript: a team is made, switched to, given a role of its own, and left behind', async ({ browser, person, server }) => {
  test.setTimeout(120_000)
  const page = await someone(browser, server, { javaScriptEnabled: false })
  await logIn(page, person)
  await page.goto('/teams/new')
  await page.getByLabel('Team name').fill('Workshop 🛠')
  await page.getByRole('button', { name: 'Create team' }).last().click()
  await expect(page).toHaveURL(/\/team$/)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Workshop 🛠')

  await page.getByRole('link', { name: 'Roles' }).click()
  await page.getByRole('button', { name: 'Create role' }).click()
  await page.getByLabel('Role name').fill('Support')
  await page.getByLabel('logs.read').check()
  await page.getByRole('main').getByRole('button', { name: 'Create role' }).click()
  await expect(page.getByRole('heading', { name: /Support/ })).toBeVisible()

  await page.getByRole('button', { name: /^Team:/ }).click()
  await page
    .getByRole('dialog', { name: 'Teams' })
    .getByRole('button', { name: /Personal/ })
    .click()
  await expect(page).toHaveURL(/\/team\/roles$/)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ada Lovelace')
  await expect(page.getByRole('main').getByText('Support')).toHaveCount(0)
  await page.goto('/clients')
  await page.getByRole('button', { name: /^Team:/ }).click()
  await page
    .getByRole('dialog', { name: 'Teams' })
    .getByRole('button', { name: /Workshop/ })
    .click()

  await page.goto('/team/settings')
  await expect(page.getByText('You are the last owner.')).toBeVisible()
  await page.getByRole('button', { name: 'Delete team' }).click()
  await page.getByRole('dialog').getByRole('textbox').fill('Workshop 🛠')
  await page.getByRole('dialog').getByRole('button', { name: 'Delete team' }).click()
  await expect(page).toHaveURL(/\/clients/)
  await expect(page.getByRole('button', { name: /^Team:/ })).toHaveText(/Ada Lovelace/)
  await page.context().close()
})

test('by keyboard: a client is renamed, found in the log, and renamed back', async ({ page, person, server, axe }) => {
  const { clientId } = await clientOf(server, person, 'Before', CALLBACK)
  await logIn(page, person)
  await page.goto(`/clients/${clientId}/settings`)
  await page.getByLabel('Client name').fill('After')
  await page.keyboard.press('Enter')
  await expect(page.getByText('The changes are saved.')).toBeVisible()
  await page.getByRole('link', { name: 'History of this client' }).focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`target=${clientId}`))
  await page.getByText('Client renamed').focus()
  await page.locator('summary', { hasText: 'Client renamed' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.locator('del', { hasText: /: Before$/ })).toBeVisible()
  await expect(page.locator('ins', { hasText: /: After$/ })).toBeVisible()
  expect(await axe(page)).toEqual([])
  await page.getByRole('button', { name: 'Undo' }).first().focus()
  await page.keyboard.press('Enter')
  await expect(page.getByText('The change is undone.')).toBeVisible()
  await page.goto(`/clients/${clientId}`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Before')

  await page.goto('/team/audit?action=client')
  const [csv] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Export CSV' }).click()])
  expect(csv.suggestedFilename()).toMatch(/^audit-log-\d{4}-\d\d-\d\d\.csv$/)
  await page.getByRole('link', { name: /^Remove the filter What: Clients/ }).click()
  await expect(page).toHaveURL(/\/team\/audit$/)
})
