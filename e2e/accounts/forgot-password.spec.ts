import { expect, test } from '../fixtures/index.ts'
import { fillLogin, logIn, newPerson } from '../fixtures/people.ts'

test('a mailed code sets a new password and ends every session', async ({ page, browser, mailbox, person, server }) => {
  const elsewhere = await browser.newContext({ baseURL: server.url })
  const other = await elsewhere.newPage()
  await logIn(other, person)

  const skip = mailbox.to(person.email).length
  await page.goto('/login')
  await page.getByRole('link', { name: /forgot/i }).click()
  await page.getByLabel('Email', { exact: true }).fill(person.email)
  await page.getByRole('button', { name: /code/i }).click()
  await page.getByLabel('Code', { exact: true }).fill(await mailbox.code(person.email, skip))
  const password = `${person.password} anew`
  await page.getByLabel('New password', { exact: true }).fill(password)
  await page.getByRole('button', { name: /password/i }).click()
  await expect(page).toHaveURL(/\/(login|clients)/)

  await other.goto('/clients')
  await expect(other).toHaveURL(/\/login/)
  await fillLogin(other, person)
  await expect(other.getByText('Email or password is incorrect.')).toBeVisible()
  await logIn(other, { ...person, password })
  await elsewhere.close()
})

test('an unknown address sees the same page, and no mail goes out', async ({ page, mailbox }) => {
  const nobody = newPerson()
  await page.goto('/login')
  await page.getByRole('link', { name: /forgot/i }).click()
  await page.getByLabel('Email', { exact: true }).fill(nobody.email)
  await page.getByRole('button', { name: /code/i }).click()
  await expect(page.getByLabel('Code', { exact: true })).toBeVisible()
  expect(mailbox.to(nobody.email)).toEqual([])
})

test('five wrong codes use the right one up', async ({ page, mailbox, person }) => {
  const skip = mailbox.to(person.email).length
  await page.goto('/login')
  await page.getByRole('link', { name: /forgot/i }).click()
  await page.getByLabel('Email', { exact: true }).fill(person.email)
  await page.getByRole('button', { name: /code/i }).click()
  const right = await mailbox.code(person.email, skip)
  const wrong = right === '000000' ? '000001' : '000000'
  for (const code of [wrong, wrong, wrong, wrong, wrong, right]) {
    await page.getByLabel('Code', { exact: true }).fill(code)
    await page.getByLabel('New password', { exact: true }).fill('brand new passphrase 42')
    await page.getByRole('button', { name: /password/i }).click()
    await expect(page.getByText(/code/i).first()).toBeVisible()
  }
  await logIn(page, person)
})
