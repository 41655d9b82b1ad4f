import * as oidc from 'openid-client'
import { addRedirectUri, createClient } from '../fixtures/dashboard.ts'
import { expect, test } from '../fixtures/index.ts'
import { clientOf, fillLogin, logIn, logOut, newPerson, register } from '../fixtures/people.ts'

test('from nothing to a working "Log in with …" and out again', async ({ page, party, complaints }) => {
  const owner = newPerson()
  await register(page, owner)
  await expect(page).toHaveURL(/\/clients$/)

  const credentials = await createClient(page, 'Weather app')
  await addRedirectUri(page, credentials.clientId, party.redirectUri)

  const attempt = await party.begin(credentials)
  await page.goto(attempt.url)
  await expect(page.getByRole('heading', { name: /Weather app/ })).toBeVisible()
  await page.getByRole('button', { name: 'Allow' }).click()
  const tokens = await party.finish(page, attempt)
  expect(tokens.token_type).toBe('bearer')
  expect(tokens.expires_in).toBe(900)

  const claims = tokens.claims()
  const sub = claims?.sub ?? ''
  expect(sub).toMatch(/^\d{15}$/)
  const profile = await oidc.fetchUserInfo(attempt.config, tokens.access_token, sub)
  expect(profile).toMatchObject({ sub, name: owner.name, email: owner.email, email_verified: false })

  const refreshed = await oidc.refreshTokenGrant(attempt.config, tokens.refresh_token ?? '')
  expect(refreshed.refresh_token).not.toBe(tokens.refresh_token)
  expect((await oidc.fetchUserInfo(attempt.config, refreshed.access_token, sub)).sub).toBe(sub)

  const endSession = oidc.buildEndSessionUrl(attempt.config, { id_token_hint: refreshed.id_token ?? tokens.id_token ?? '' })
  await page.goto(endSession.href)
  await page.getByRole('button', { name: 'Log out' }).click()
  await expect(page.getByRole('button', { name: 'Log out' })).toBeHidden()

  await expect(oidc.refreshTokenGrant(attempt.config, refreshed.refresh_token ?? '')).rejects.toMatchObject({ error: 'invalid_grant' })
  await expect(oidc.fetchUserInfo(attempt.config, refreshed.access_token, sub)).rejects.toThrow()
  await page.goto('/clients')
  await expect(page).toHaveURL(/\/login\?returnTo=/)
  expect(complaints).toEqual([])
})

test('a person who is not logged in logs in first, and a remembered consent is not asked for again', async ({
  page,
  party,
  server,
  person,
}) => {
  const credentials = await clientOf(server, person, 'Notes', party.redirectUri)

  const first = await party.begin(credentials, { scope: 'openid profile email', prompt: '' })
  await page.goto(first.url)
  await fillLogin(page, person)
  await expect(page.getByRole('heading', { name: /Notes/ })).toBeVisible()
  await page.getByRole('button', { name: 'Allow' }).click()
  const tokens = await party.finish(page, first)
  expect(tokens.refresh_token).toBeUndefined()

  const second = await party.begin(credentials, { scope: 'openid profile email', prompt: '' })
  await page.goto(second.url)
  const again = await party.finish(page, second)
  expect(again.claims()?.sub).toBe(tokens.claims()?.sub)
})

test('an application that opens the log-in in a window of its own hears from it', async ({ page, party, server, person }) => {
  const credentials = await clientOf(server, person, 'Board', party.redirectUri)
  const attempt = await party.begin(credentials, { scope: 'openid', prompt: '' })
  await page.goto(party.redirectUri)
  const opened = page.waitForEvent('popup')
  await page.evaluate((url) => void window.open(url), attempt.url)
  const popup = await opened
  await fillLogin(popup, { ...person, password: 'not this one at all' })
  await fillLogin(popup, person)
  await popup.getByRole('button', { name: 'Allow' }).click()
  await party.callback(popup)
  expect(await popup.evaluate(() => window.opener !== null)).toBe(true)
})

test('a posted answer says which site it comes from', async ({ page, party, server, person }) => {
  const credentials = await clientOf(server, person, 'Poster', party.redirectUri)
  await logIn(page, person)
  const attempt = await party.begin(credentials, { scope: 'openid', response_mode: 'form_post', prompt: '' })
  const posted = page.waitForRequest((request) => request.method() === 'POST' && request.url() === party.redirectUri)
  await page.goto(attempt.url)
  await page.getByRole('button', { name: 'Allow' }).click()
  const answer = await posted
  expect(new URLSearchParams(answer.postData() ?? '').get('code')).toBeTruthy()
  expect((await answer.allHeaders()).origin).toBe(server.url)
})

test('declining brings access_denied back', async ({ page, party, server, person }) => {
  const credentials = await clientOf(server, person, 'Nosy', party.redirectUri)
  await logIn(page, person)
  const attempt = await party.begin(credentials)
  await page.goto(attempt.url)
  await page.getByRole('button', { name: 'Deny' }).click()
  const back = await party.callback(page)
  expect(back.searchParams.get('error')).toBe('access_denied')
  expect(back.searchParams.get('state')).toBe(attempt.checks.expectedState)
  expect(back.searchParams.get('code')).toBeNull()
})

test('logging out of the dashboard ends single sign-on', async ({ page, party, server, person }) => {
  const credentials = await clientOf(server, person, 'Calendar', party.redirectUri)
  await logIn(page, person)
  const first = await party.begin(credentials)
  await page.goto(first.url)
  await page.getByRole('button', { name: 'Allow' }).click()
  const tokens = await party.finish(page, first)

  await page.goto('/clients')
  await logOut(page)

  const second = await party.begin(credentials, { scope: 'openid', prompt: '' })
  await page.goto(second.url)
  await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible()
  await expect(oidc.refreshTokenGrant(first.config, tokens.refresh_token ?? '')).rejects.toMatchObject({ error: 'invalid_grant' })
})

for (const [what, change] of [
  ['another path', (uri: string) => `${uri}/`],
  ['another case', (uri: string) => uri.replace('callback', 'Callback')],
  ['an encoded way out', (uri: string) => uri.replace('callback', 'callback/%2f..')],
  ['a query', (uri: string) => `${uri}?next=1`],
  ['another port', (uri: string) => uri.replace(/:\d+/, ':1')],
  ['another host', () => 'https://evil.example/callback'],
] as const) {
  test(`a redirect URI with ${what} than registered gets an error page, never a redirect`, async ({ page, party, server, person }) => {
    const credentials = await clientOf(server, person, 'Strict', party.redirectUri)
    const attempt = await party.begin(credentials, { redirect_uri: change(party.redirectUri) })
    const response = await page.goto(attempt.url)
    expect(response?.status()).toBe(400)
    expect(new URL(page.url()).origin).toBe(server.url)
    await expect(page.getByRole('heading').first()).toBeVisible()
  })
}

test('an interaction that someone else began is refused', async ({ page, browser, party, server, person }) => {
  const credentials = await clientOf(server, person, 'Stolen', party.redirectUri)
  const attempt = await party.begin(credentials)
  await page.goto(attempt.url)
  await expect(page).toHaveURL(/\/(login|interaction)/)
  const other = await browser.newContext({ baseURL: server.url })
  const stranger = await other.newPage()
  await stranger.goto(page.url())
  await expect(stranger.getByRole('heading').first()).toBeVisible()
  await expect(stranger.getByText('Stolen')).toHaveCount(0)
  await expect(stranger.getByRole('button', { name: /^(Allow|Log in)$/ })).toHaveCount(0)
  await other.close()
})

test('the whole log-in works without JavaScript', async ({ browser, party, server, person }) => {
  const credentials = await clientOf(server, person, 'Plain', party.redirectUri)
  const context = await browser.newContext({ baseURL: server.url, javaScriptEnabled: false })
  const page = await context.newPage()
  const attempt = await party.begin(credentials)
  await page.goto(attempt.url)
  await fillLogin(page, person)
  await page.getByRole('button', { name: 'Allow' }).click()
  const tokens = await party.finish(page, attempt)
  expect(tokens.refresh_token).toBeTruthy()
  await context.close()
})
