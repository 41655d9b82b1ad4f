import { afterAll, beforeAll, expect, it } from 'vitest'
import { authorizeUrl, pkce } from '#lib/oidc/testing.ts'
import { HttpPerson } from '#lib/testing/http-person.ts'
import { type ServerProcess, startServer } from '#lib/testing/server-process.ts'

const CALLBACK = 'http://localhost:4998/cb'
const ADA = { email: 'ada@example.com', password: 'seven quick foxes at dawn' }
const EVE = { email: 'eve@example.com', password: 'eight slow badgers at dusk' }
const NAME = 'Turbine control'

let server: ServerProcess
let eve: HttpPerson
/** What is Ada's, and none of Eve's business. */
let foreign: { clientId: string; teamId: string; requestId: string; interaction: string }

beforeAll(async () => {
  server = await startServer()
  for (const { email, password } of [ADA, EVE])
    await server.cli('user', 'create', '--email', email, '--password', password, '--name', email.slice(0, 3))
  type Made = { client_id: string; client_secret: string; team: { id: string } }
  const made = await server.cli<Made>('client', 'create', '--owner', ADA.email, '--name', NAME, '--redirect-uri', CALLBACK)
  const headers = { 'x-client-id': made.client_id, 'x-client-secret': made.client_secret, 'x-client-domain': 'localhost' }
  const called = await fetch(`${server.url}/api/v1/whoami`, { headers })
  await called.arrayBuffer()
  const asked = { client_id: made.client_id, redirect_uri: CALLBACK, scope: 'openid', code_challenge: pkce().challenge }
  const begun = await new HttpPerson(server.url).browser.go(authorizeUrl(server.url, asked), server.url)
  foreign = {
    clientId: made.client_id,
    teamId: made.team.id,
    requestId: called.headers.get('x-request-id') ?? '',
    interaction: begun.url.pathname,
  }
  eve = new HttpPerson(server.url)
  await eve.logIn(EVE)
}, 180_000)
afterAll(() => server?.dispose())

/** What a browser without JavaScript shows: no scripts, nothing hidden, no markup. */
function seen(html: string): string {
  const body = html.slice(html.indexOf('<body')).replaceAll(/<(script|template)\b[\s\S]*?<\/\1>/g, '')
  expect(body).not.toContain('id="__next_error__"')
  return body
    .replaceAll(/<div hidden[\s\S]*?<\/div>/g, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
}

const titleOf = (html: string) => /<title>([^<]*)<\/title>/.exec(html)?.[1]

const addresses = (): [address: string, wayOn: string][] => [
  ['/clients/cl_nope', '/clients'],
  [`/clients/${foreign.clientId}`, '/clients'],
  [`/clients/${foreign.clientId}/domains`, '/clients'],
  [`/clients/${foreign.clientId}/no-such-tab`, '/clients'],
  [`/clients/${foreign.clientId}/secrets/sec_x/leaked`, '/clients'],
  [`/clients?team=${foreign.teamId}`, '/clients'],
  [`/team?team=${foreign.teamId}`, '/clients'],
  [`/team/roles/rol_developer?team=${foreign.teamId}`, '/clients'],
  [`/usage?team=${foreign.teamId}`, '/clients'],
  [`/requests?team=${foreign.teamId}`, '/clients'],
  ['/requests/req_x', '/clients'],
  [`/requests/${foreign.requestId}`, '/clients'],
  ['/operator', '/clients'],
  ['/operator/teams', '/clients'],
  ['/docs/nope', '/'],
  ['/nope', '/'],
]

it('says without JavaScript that there is nothing, in the language of the person, with a way on', async () => {
  for (const [address, wayOn] of addresses())
    for (const [language, words, title] of [
      ['en', 'There is nothing at this address, or it is not yours to see.', 'Page not found · XWMS'],
      ['nl', 'Op dit adres is niets te vinden, of je mag het niet zien.', 'Pagina niet gevonden · XWMS'],
    ] as const) {
      const { status, text } = await eve.browser.go(address, server.url, { headers: { 'accept-language': language } })
      const told = seen(text)
      expect([address, status, told.includes(words), text.includes(`href="${wayOn}"`)]).toEqual([address, 404, true, true])
      expect([address, titleOf(text)]).toEqual([address, title])
      expect(text).toContain(`<html lang="${language}"`)
      expect(text).not.toContain(NAME)
    }
}, 120_000)

it('says the same of what is found by its id alone', async () => {
  for (const address of ['/support/tickets/tkt_x', '/account/addresses/9', '/team/roles/rol_x', '/team/members/usr_x', '/dev/ui']) {
    const { status, text } = await eve.browser.go(address, server.url)
    expect([address, status, seen(text).includes('There is nothing at this address')]).toEqual([address, 404, true])
    if (address !== '/dev/ui') expect([address, titleOf(text)]).toEqual([address, 'Page not found · XWMS'])
  }
})

it("tells whoever comes late to an interaction, or to another browser's, that it cannot go on", async () => {
  const person = new HttpPerson(server.url)
  await person.logIn(ADA)
  const { client_id, redirect_uri } = { client_id: foreign.clientId, redirect_uri: CALLBACK }
  const url = authorizeUrl(server.url, { client_id, redirect_uri, scope: 'openid', code_challenge: pkce().challenge })
  const finished = (await person.browser.go(url, server.url)).url.pathname
  expect(finished).toMatch(/^\/interaction\//)
  await person.authorize(finished)
  for (const [whose, address] of [
    [person, finished],
    [eve, foreign.interaction],
    [eve, '/interaction/there-is-no-such-one'],
  ] as const) {
    const { status, text } = await whose.browser.go(address, server.url)
    expect([address, status, seen(text).includes('This log-in has expired'), text.includes('href="/"')]).toEqual([address, 404, true, true])
    expect(text).not.toContain(NAME)
  }
})

it("tells Next's router nothing of what is not there", async () => {
  for (const extra of [{}, { 'next-router-prefetch': '1' }] as Record<string, string>[])
    for (const address of [`/clients/${foreign.clientId}`, `/team?team=${foreign.teamId}`, `/requests/${foreign.requestId}`]) {
      const { text } = await eve.browser.go(address, server.url, { headers: { rsc: '1', ...extra } })
      expect(text).not.toContain(NAME)
    }
})
