import type { Page } from 'playwright/test'
import { expect, test } from '../fixtures/index.ts'
import { clientOf, fillLogin } from '../fixtures/people.ts'

type Credentials = { clientId: string; clientSecret: string }
type Answer = { status: number; body: { data: Record<string, string> | null; error?: { code: string } } }

/** Calls the API as a server does, with credentials in headers. */
async function call(server: { url: string }, { clientId, clientSecret }: Credentials, path: string, body: object): Promise<Answer> {
  const response = await fetch(`${server.url}/api/${path}`, {
    method: 'POST',
    headers: {
      'X-Client-Id': clientId,
      'X-Client-Secret': clientSecret,
      'X-Client-Domain': 'localhost',
      'Content-Type': 'application/json',
    },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: (await response.json()) as Answer['body'] }
}

/** The API sends the person on; they are at the log-in of the client. */
async function begin(page: Page, server: { url: string }, credentials: Credentials, body: object): Promise<string> {
  const started = await call(server, credentials, 'sign-token', body)
  expect(started.status).toBe(200)
  const { url = '', token = '', client_id } = started.body.data ?? {}
  expect(client_id).toBe(credentials.clientId)
  expect(new URL(url).origin).toBe(server.url)
  await page.goto(url)
  return token
}

test('a sign token logs a person in, once', async ({ page, party, server, person, complaints, axe }) => {
  const credentials = await clientOf(server, person, 'Orchard', party.redirectUri)
  const start = await begin(page, server, credentials, { redirect_url: party.redirectUri, email: person.email, state: 's t/&=1' })
  await expect(page.getByLabel('Email', { exact: true })).toHaveValue(person.email)
  expect(await axe(page)).toEqual([])
  await fillLogin(page, person)
  await expect(page.getByRole('heading', { name: /Orchard/ })).toBeVisible()
  expect(await axe(page)).toEqual([])
  await page.getByRole('button', { name: 'Allow' }).click()

  const back = await party.callback(page)
  expect(back.searchParams.get('state')).toBe('s t/&=1')
  expect(back.searchParams.get('error')).toBeNull()
  const token = back.searchParams.get('token') ?? ''
  expect(token).not.toBe('')
  expect(token).not.toBe(start)

  const verify = (value: string) => call(server, credentials, 'sign-token-verify', { token: value })
  expect(await verify(start)).toMatchObject({ status: 400, body: { error: { code: 'token_invalid' } } })
  expect(await verify(token)).toMatchObject({
    status: 200,
    body: { data: { sub: expect.stringMatching(/^\d{15}$/), name: person.name, email: person.email } },
  })
  expect(await verify(token)).toMatchObject({ status: 400, body: { error: { code: 'token_invalid' } } })
  expect(complaints).toEqual([])
})

test('declining brings access_denied back, and no token', async ({ page, party, server, person }) => {
  const credentials = await clientOf(server, person, 'Prying', party.redirectUri)
  await begin(page, server, credentials, { redirect_url: party.redirectUri, state: 'kept' })
  await fillLogin(page, person)
  await page.getByRole('button', { name: 'Deny' }).click()
  const back = await party.callback(page)
  expect(back.searchParams.get('error')).toBe('access_denied')
  expect(back.searchParams.get('state')).toBe('kept')
  expect(back.searchParams.get('token')).toBeNull()
})

test('the way of another client is refused', async ({ page, party, server, person }) => {
  const credentials = await clientOf(server, person, 'Mine', party.redirectUri)
  const other = await clientOf(server, person, 'Theirs', party.redirectUri)
  await begin(page, server, credentials, { redirect_url: party.redirectUri })
  await fillLogin(page, person)
  await page.getByRole('button', { name: 'Allow' }).click()
  const token = (await party.callback(page)).searchParams.get('token') ?? ''
  expect(await call(server, other, 'sign-token-verify', { token })).toMatchObject({
    status: 400,
    body: { error: { code: 'token_invalid' } },
  })
})
