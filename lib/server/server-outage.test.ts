import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type EmbeddedDatabase, startEmbedded } from '#lib/database/index.ts'
import { authorizeUrl, pkce, post } from '#lib/oidc/testing.ts'
import { HttpPerson } from '#lib/testing/http-person.ts'
import { type ServerProcess, startServer, temporaryDataDir, until } from '#lib/testing/server-process.ts'

const CALLBACK = 'http://localhost:4999/cb'
const PERSON = { email: 'outage@example.com', password: 'seven quick foxes at dawn' }

type Phase = 'up' | 'changing' | 'down'
type Seen = { lane: string; status: number; json: boolean; issued: boolean; phase: Phase }

describe('PostgreSQL restarted under load', () => {
  const dir = temporaryDataDir()
  const openPostgres = () => startEmbedded({ dir: path.join(dir, 'postgres'), maxConnections: 60, durable: false })
  let postgres: EmbeddedDatabase
  let server: ServerProcess
  let client: { id: string; secret: string }

  beforeAll(async () => {
    postgres = await openPostgres()
    server = await startServer({ env: { DATABASE_URL: postgres.url, APP_SECRET: randomBytes(32).toString('hex') } })
    await server.cli('user', 'create', '--email', PERSON.email, '--password', PERSON.password, '--name', 'Outage')
    const asked = ['--owner', PERSON.email, '--name', 'Outage', '--redirect-uri', CALLBACK]
    const made = await server.cli<{ client_id: string; client_secret: string }>('client', 'create', ...asked)
    client = { id: made.client_id, secret: made.client_secret }
    await server.cli('plan', 'set', PERSON.email, 'enterprise')
  }, 180_000)

  afterAll(async () => {
    await server?.dispose()
    await postgres?.stop()
    rmSync(dir, { recursive: true, force: true })
  })

  const refresh = (token: string) => post(server.url, '/oidc/token', { grant_type: 'refresh_token', refresh_token: token }, client)

  async function logIn(): Promise<string> {
    const person = new HttpPerson(server.url)
    await person.logIn(PERSON)
    const { verifier, challenge } = pkce()
    const scope = 'openid offline_access'
    const url = authorizeUrl(server.url, { client_id: client.id, redirect_uri: CALLBACK, scope, code_challenge: challenge })
    const code = (await person.authorize(url)).searchParams.get('code') ?? ''
    const body = { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: CALLBACK }
    return String((await post(server.url, '/oidc/token', body, client)).body.refresh_token)
  }

  it('answers JSON errors while it is away, keeps publishing its keys, issues nothing on unknown state, and recovers by itself', async () => {
    const kept = await logIn()
    const seen: Seen[] = []
    let phase: Phase = 'up'
    let loading = true
    const gate = { 'x-client-id': client.id, 'x-client-secret': client.secret, 'x-client-domain': 'localhost' }
    const basic = { authorization: `Basic ${btoa(`${client.id}:${client.secret}`)}`, 'content-type': 'application/x-www-form-urlencoded' }
    const lanes: Record<string, () => Promise<Response>> = {
      token: () => fetch(`${server.url}/oidc/token`, { method: 'POST', headers: basic, body: 'grant_type=client_credentials' }),
      api: () => fetch(`${server.url}/api/v1/whoami`, { headers: gate }),
      discovery: () => fetch(`${server.url}/oidc/.well-known/openid-configuration`),
      jwks: () => fetch(`${server.url}/oidc/jwks`),
    }
    const count = (lane: string, status: number) =>
      seen.filter((one) => one.lane === lane && one.status === status && one.phase === phase).length
    const load = Promise.all(
      Object.entries(lanes).map(async ([lane, ask]) => {
        while (loading) {
          const before = phase
          const answer = await ask()
          const text = await answer.text()
          const json = /^application\/[\w+-]*json/.test(answer.headers.get('content-type') ?? '') && text.startsWith('{')
          // What was under way at the switch proves nothing about either side.
          if (before === phase) seen.push({ lane, status: answer.status, json, issued: text.includes('access_token":"'), phase })
        }
      }),
    )
    await until('the load runs', () => count('token', 200) > 5 && count('api', 200) > 5)

    phase = 'changing'
    await postgres.stop()
    phase = 'down'
    await until('the outage shows', () =>
      ['token', 'api'].every((lane) => seen.some((one) => one.lane === lane && one.phase === 'down' && one.status >= 500)),
    )
    await until('/readyz says so', async () => (await server.status('/readyz')) === 503)
    // A browser without JavaScript is told as well.
    const page = await fetch(`${server.url}/invitations/nosuchtoken`, { headers: { 'accept-language': 'nl' } })
    expect([page.status, (await page.text()).includes('<h1 style="font-size:1.25rem">Er ging iets mis</h1>')]).toEqual([500, true])
    const refused = await refresh(kept)
    expect(refused.status).toBeGreaterThanOrEqual(500)
    expect(refused.body.access_token).toBeUndefined()

    // It answers before we know that it does: what ends in between belongs to neither side.
    phase = 'changing'
    postgres = await openPostgres()
    phase = 'up'
    await until('everything is served again', () => count('token', 200) > 20 && count('api', 200) > 20)
    loading = false
    await load

    const away = seen.filter((one) => one.phase === 'down')
    expect(away.filter(({ lane, status }) => (lane === 'token' || lane === 'api') && status < 500)).toEqual([])
    expect(away.filter(({ issued }) => issued)).toEqual([])
    expect(seen.filter(({ json }) => !json)).toEqual([])
    expect(seen.filter(({ lane, status }) => (lane === 'discovery' || lane === 'jwks') && status !== 200)).toEqual([])
    // The refresh that failed consumed nothing: the token is good, once.
    expect((await refresh(kept)).status).toBe(200)
    expect((await refresh(kept)).body.error).toBe('invalid_grant')
    await server.ready()
  }, 120_000)
})
