import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from '../fixtures/index.ts'
import { createUser, logIn } from '../fixtures/people.ts'

const shell = promisify(execFile)
const CONTENT = path.resolve(import.meta.dirname, '../../components/docs/content/en')

/** The shell commands of a page of the documentation, as they stand. */
function samples(page: string): string[] {
  const text = readFileSync(path.join(CONTENT, `${page}.mdx`), 'utf8')
  return [...text.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, code]) => code ?? '')
}

test('a visitor finds answers, documentation and the way in', async ({ page, complaints }) => {
  await page.goto('/')
  await expect(page.getByRole('link', { name: 'Create your account' }).first()).toHaveAttribute('href', '/register')
  await page.getByRole('link', { name: 'Support' }).first().click()
  await page.getByLabel('Search the questions').fill('webhooks')
  await page.getByRole('button', { name: 'Search' }).click()
  await expect(page.getByRole('status')).toContainText('One question')
  await expect(page.getByText('Nothing is pushed to your servers.')).toBeVisible()
  await page.getByRole('link', { name: 'All questions' }).click()
  await expect(page).toHaveURL(/\/support$/)
  await page.getByRole('link', { name: 'client-credentials', exact: true }).click()
  await expect(page).toHaveURL(/tag=client-credentials/)
  await page.getByText('How do I rotate a secret, and what if it leaked?').click()
  await page.getByRole('link', { name: 'Documentation', exact: true }).locator('visible=true').nth(1).click()
  await expect(page).toHaveURL(/\/docs\//)
  await page.goto('/docs/errors#ip_not_allowed')
  await expect(page.locator('#ip_not_allowed')).toBeInViewport()
  await page.goto('/docs/quickstart')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Quickstart')
  await expect(page.getByRole('button', { name: 'Copy' }).nth(4)).toBeVisible()
  expect(complaints).toEqual([])
})

test.describe('without JavaScript, in Dutch', () => {
  test.use({ javaScriptEnabled: false, locale: 'nl-NL' })

  test('questions are searched and folded open, and the documentation reads Dutch', async ({ page }) => {
    await page.goto('/support')
    await page.getByLabel('Zoek in de vragen').fill('WACHTWOORD')
    await page.getByRole('button', { name: 'Zoeken' }).click()
    await expect(page.getByText('zonder het wachtwoord te geven')).toBeVisible()
    await page.goto('/docs/domains#een-domein-verifieren')
    await expect(page.locator('#een-domein-verifieren')).toBeInViewport()
    await page.goto('/docs/api')
    await expect(page.getByRole('link', { name: /\/api\/v1\/whoami/ })).toBeVisible()
  })
})

test('every shell command of the documentation that stands on its own works as written', async ({ server, person, party, page }) => {
  test.setTimeout(90_000)
  const flags = ['--owner', person.email, '--name', 'Docs', '--redirect-uri', 'http://localhost:4000/callback']
  const made = await server.cli<{ client_id: string; client_secret: string }>('client', 'create', ...flags)
  const env = { ...process.env, CLIENT_ID: made.client_id, CLIENT_SECRET: made.client_secret }
  const run = async (code: string, more: Record<string, string> = {}) => {
    const { stdout } = await shell('bash', ['-ec', code.replaceAll('http://localhost:3000', server.url).replaceAll('curl ', 'curl -sS ')], {
      env: { ...env, ...more },
      timeout: 20_000,
    })
    return stdout === '' ? null : JSON.parse(stdout)
  }
  expect(party.issuer).toContain(server.url)

  const [, whoami, countries, token] = samples('quickstart')
  expect(await run(whoami ?? '')).toMatchObject({ status: 'success', data: { client: { id: made.client_id }, mode: 'test' } })
  expect((await run(countries ?? '')).data.countries.length).toBeGreaterThan(200)
  const { access_token: ACCESS_TOKEN } = await run(token ?? '')
  expect(ACCESS_TOKEN).toBeTruthy()

  const [userinfo, introspect, revoke] = samples('tokens')
  // A token of the server itself has no person behind it.
  expect(await run(userinfo ?? '', { ACCESS_TOKEN })).toMatchObject({ error: expect.any(String) })
  expect(await run(introspect ?? '', { ACCESS_TOKEN })).toMatchObject({ active: true })
  await run(revoke ?? '', { ACCESS_TOKEN })
  expect(await run(introspect ?? '', { ACCESS_TOKEN })).toEqual({ active: false })

  const [, , , sign, verify] = samples('flows')
  const started = await run(sign ?? '')
  await logIn(page, person)
  await page.route('http://localhost:4000/**', (route) => route.fulfill({ contentType: 'text/html', body: '<title>Back</title>' }))
  await page.goto(started.data.url)
  await page.getByRole('button', { name: 'Allow' }).click()
  await page.waitForURL(/localhost:4000\/callback/)
  const back = new URL(page.url()).searchParams
  expect(back.get('state')).toBe('any')
  expect(await run(verify ?? '', { TOKEN: back.get('token') ?? '' })).toMatchObject({ data: { email: person.email } })
})

test('the Postman collection names every endpoint, and no credentials', async ({ request, server }) => {
  const collection = await (await request.get('/docs/postman.json')).json()
  const document = await (await request.get('/api/openapi.json')).json()
  type Item = { request: { url: { raw: string }; method: string } }
  const raw = (collection.item[0].item as Item[]).map(({ request: { url, method } }) => `${method} ${url.raw}`)
  const paths = Object.entries(document.paths as Record<string, object>).flatMap(([at, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} {{origin}}${at}`),
  )
  expect(raw.sort()).toEqual(paths.sort())
  expect(collection.variable).toContainEqual({ key: 'origin', value: server.url })
  expect(JSON.stringify(collection)).not.toMatch(/xws_(test|live)_/)
})

test('a ticket reaches the operators, and its person alone', async ({ page, browser, server, person, mailbox, axe }) => {
  const operator = await createUser(server, '--operator')
  await page.goto('/support')
  await page.getByRole('link', { name: 'Log in to ask' }).click()
  await page.getByLabel('Email', { exact: true }).fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill(person.password)
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Ask the operators' })).toBeVisible()
  await page.getByLabel('Subject').fill('Why 403? <b>🌧</b>')
  await page.getByLabel('What happened').fill('It says\nip_not_allowed.')
  await page.getByLabel('Request ID').fill('nonsense')
  await page.getByRole('button', { name: 'Send' }).click()
  await expect(page.getByText('A request ID begins with req_')).toBeVisible()
  await expect(page.getByLabel('What happened')).toHaveValue('It says\nip_not_allowed.')
  await page.getByLabel('Request ID').fill('req_4fTkkk3Qm2n0AbCdEfGh')
  await page.getByRole('button', { name: 'Send' }).click()
  await expect(page.getByRole('heading', { name: 'Why 403? <b>🌧</b>' })).toBeVisible()
  const url = page.url()
  expect((await mailbox.next(operator.email)).text).toContain(url)

  await page.getByLabel('Add something').fill('Found it.')
  await page.getByRole('button', { name: 'Send' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'Found it.' })).toBeVisible()
  await page.getByRole('button', { name: 'Close ticket' }).click()
  await expect(page.getByRole('button', { name: 'Close ticket' })).toHaveCount(0)
  await page.goto('/support/tickets')
  await expect(page.getByRole('row').filter({ hasText: 'Why 403?' })).toContainText('Closed')

  // Operators find it among all by who asked and how it stands.
  const office = await browser.newContext({ baseURL: server.url, locale: 'en-US' })
  const desk = await office.newPage()
  await logIn(desk, operator)
  await desk.goto('/operator/tickets')
  await desk.getByLabel('Subject, name or email address').fill(person.email)
  await desk.getByRole('button', { name: 'Search tickets' }).click()
  await expect(desk).toHaveURL(/q=/)
  await expect(desk.getByRole('row').filter({ hasText: 'Why 403?' })).toHaveCount(1)
  await desk.getByRole('link', { name: 'Waiting for an answer' }).click()
  await expect(desk.getByText('No ticket matches')).toBeVisible()
  await desk.getByRole('link', { name: 'Closed' }).click()
  await expect(desk.getByRole('row').filter({ hasText: 'Why 403?' })).toContainText(person.email)
  expect(await axe(desk)).toEqual([])
  await office.close()

  const elsewhere = await browser.newContext({ baseURL: server.url })
  const stranger = await elsewhere.newPage()
  await logIn(stranger, await createUser(server))
  expect((await stranger.goto(url))?.status()).toBe(404)
  await elsewhere.close()
})
