import { expect, test } from '../fixtures/index.ts'
import { fillLogin, logIn, logOut, newPerson } from '../fixtures/people.ts'

test('a wrong password and an unknown address are answered alike', async ({ page, person }) => {
  for (const email of [person.email, newPerson().email]) {
    await page.goto('/login')
    await fillLogin(page, { email, password: 'not the password' })
    await expect(page.getByText('Email or password is incorrect.')).toBeVisible()
    await expect(page.getByLabel('Email', { exact: true })).toHaveValue(email)
  }
})

test('a page that needs a log-in comes back after it', async ({ page, person }) => {
  await page.goto('/clients?status=disabled')
  await expect(page).toHaveURL(/\/login\?returnTo=/)
  await fillLogin(page, person)
  await expect(page).toHaveURL(/\/clients\?status=disabled$/)
})

for (const away of ['https://evil.example/', '//evil.example/', '/\\evil.example/', 'javascript:alert(1)', '/%09/evil.example']) {
  test(`returnTo=${away} never leaves the site`, async ({ page, person, server }) => {
    await page.goto(`/login?returnTo=${encodeURIComponent(away)}`)
    await fillLogin(page, person)
    await expect(page.getByRole('heading', { name: 'Log in' })).toBeHidden()
    expect(new URL(page.url()).origin).toBe(server.url)
  })
}

test('the session changes at log-in, and logging out ends it for a stolen copy too', async ({ page, context, browser, person, server }) => {
  await page.goto('/login')
  const before = await context.cookies()
  await logIn(page, person)
  const after = await context.cookies()
  const session = after.filter(({ name }) => name.includes('session-token'))
  expect(session).toHaveLength(1)
  expect(session[0]).toMatchObject({ httpOnly: true, sameSite: 'Lax' })
  expect(before.map(({ value }) => value)).not.toContain(session[0]?.value)

  const copy = await browser.newContext({ baseURL: server.url })
  await copy.addCookies(session)
  const stolen = await copy.newPage()
  await stolen.goto('/clients')
  await expect(stolen).toHaveURL(/\/clients$/)

  await logOut(page)
  await stolen.goto('/clients')
  await expect(stolen).toHaveURL(/\/login/)
  await copy.close()
})

test('a log-in POST without its token, or from a foreign or null origin, gets 403', async ({ page, person, request, server }) => {
  await page.goto('/login')
  const action = await page.locator('form', { has: page.getByLabel('Password', { exact: true }) }).getAttribute('action')
  const target = new URL(action ?? '/login', server.url).href
  const form = { email: person.email, password: person.password }
  const without = await request.post(target, { form, headers: { origin: server.url }, maxRedirects: 0 })
  expect(without.status()).toBe(403)
  const csrfToken = await page.locator('input[name=csrfToken]').first().inputValue()
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  for (const origin of ['https://evil.example', 'null']) {
    const foreign = await request.post(target, { form: { ...form, csrfToken }, headers: { origin, cookie }, maxRedirects: 0 })
    expect(foreign.status()).toBe(403)
  }
})
