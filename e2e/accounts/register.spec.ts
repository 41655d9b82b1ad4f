import { expect, test } from '../fixtures/index.ts'
import { logIn, newPerson, register } from '../fixtures/people.ts'

test('registering leads to the dashboard and mails a code that verifies the address', async ({ page, mailbox }) => {
  const person = newPerson()
  await register(page, person)
  await expect(page).toHaveURL(/\/clients$/)
  const code = await mailbox.code(person.email)
  await page.goto('/verify-email')
  await page.getByLabel('Code', { exact: true }).fill(code)
  await page.getByRole('button', { name: /verify/i }).click()
  await expect(page.getByText(/verified/i).first()).toBeVisible()
})

test('a known address is told so, and the name and address stay in the form', async ({ page, person }) => {
  await register(page, { ...person, name: 'Someone Else', password: 'quite another password' })
  await expect(page).toHaveURL(/\/register/)
  await expect(page.getByText(/already/i).first()).toBeVisible()
  await expect(page.getByLabel('Email', { exact: true })).toHaveValue(person.email)
})

for (const [what, password, reason] of [
  ['short', 'short', /At least 10/],
  ['well-known', 'password123', /Many people/],
  ['over-long', 'x'.repeat(5000), /At most/],
] as const) {
  test(`a ${what} password is refused with a reason`, async ({ page }) => {
    const person = { ...newPerson(), password }
    await register(page, person)
    await expect(page).toHaveURL(/\/register/)
    await expect(page.getByLabel('Password', { exact: true })).toHaveAttribute('aria-invalid', 'true')
    await expect(page.getByLabel('Password', { exact: true })).toHaveAccessibleDescription(reason)
    await expect(page.getByLabel('Password', { exact: true })).toHaveValue('')
  })
}

test('two passwords that differ only in the 73rd byte are two passwords', async ({ page, context }) => {
  const long = `${'correct horse battery staple '.repeat(3).slice(0, 72)}`
  const person = { ...newPerson(), password: `${long}a` }
  await register(page, person)
  await expect(page).toHaveURL(/\/clients$/)
  // What the page still asks for would otherwise come back with cookies of its own.
  await page.goto('about:blank')
  await context.clearCookies()

  await page.goto('/login')
  await page.getByLabel('Email', { exact: true }).fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill(`${long}b`)
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await expect(page.getByText('Email or password is incorrect.')).toBeVisible()
  await logIn(page, person)
})
