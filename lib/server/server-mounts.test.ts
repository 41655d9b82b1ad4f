import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { childEnv } from '#lib/env.ts'
import { authorizeUrl, pkce, post } from '#lib/oidc/testing.ts'
import { HttpPerson } from '#lib/testing/http-person.ts'
import { freePort, type ServerProcess, startServer, until } from '#lib/testing/server-process.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
const CALLBACK = 'http://localhost:4999/cb'
const PERSON = { email: 'mounts@example.com', password: 'seven quick foxes at dawn' }

describe('the same flow through both mounts', () => {
  let server: ServerProcess
  let nextOnly: ChildProcess
  let nextUrl = ''
  let client: { id: string; secret: string }
  let output = ''

  beforeAll(async () => {
    server = await startServer()
    await server.cli('user', 'create', '--email', PERSON.email, '--password', PERSON.password, '--name', 'Mona Mount')
    const made = await server.cli<{ client_id: string; client_secret: string }>(
      'client',
      'create',
      '--owner',
      PERSON.email,
      '--name',
      'Both',
      '--redirect-uri',
      CALLBACK,
    )
    client = { id: made.client_id, secret: made.client_secret }
    const port = await freePort()
    nextUrl = `http://localhost:${port}`
    nextOnly = runNext(port)
    await until(
      'Next serves',
      async () => (await fetch(`${nextUrl}/`, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined))?.ok === true,
      60_000,
    )
  }, 180_000)

  afterAll(async () => {
    nextOnly?.kill('SIGTERM')
    await server?.dispose()
  })

  /** `next start`, as a host without server.ts runs it, on the database of the running server. */
  function runNext(port: number): ChildProcess {
    const { url } = JSON.parse(readFileSync(path.join(server.dataDir, 'owner.json'), 'utf8')) as { url: string }
    const { PATH, HOME } = childEnv()
    const env = {
      PATH,
      HOME,
      NODE_ENV: 'production' as const,
      PUBLIC_URL: nextUrl,
      DATABASE_URL: url,
      APP_SECRET: readFileSync(path.join(server.dataDir, 'app-secret'), 'utf8').trim(),
      NEXT_TELEMETRY_DISABLED: '1',
    }
    const args = ['node_modules/next/dist/bin/next', 'start', '-p', String(port), '-H', '127.0.0.1']
    const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += String(chunk)
      })
    }
    return child
  }

  it.each(['the lane of the server', 'the route handler of Next'])('%s', async (mount) => {
    const origin = mount.startsWith('the lane') ? server.url : nextUrl
    const discovery = (await (
      await fetch(`${origin}/oidc/.well-known/openid-configuration`, { headers: { 'x-forwarded-host': 'evil.example' } })
    ).json()) as Record<string, string>
    expect(discovery, output).toMatchObject({ issuer: `${origin}/oidc`, token_endpoint: `${origin}/oidc/token` })

    const person = new HttpPerson(origin)
    await person.logIn(PERSON)
    const { verifier, challenge } = pkce()
    const back = await person.authorize(
      authorizeUrl(origin, {
        client_id: client.id,
        redirect_uri: CALLBACK,
        scope: 'openid email offline_access',
        code_challenge: challenge,
      }),
    )
    expect(back.searchParams.get('iss')).toBe(`${origin}/oidc`)
    const code = back.searchParams.get('code') ?? ''
    const form = { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: CALLBACK }
    const tokens = await post(origin, '/oidc/token', form, client)
    expect(tokens.status).toBe(200)
    const me = await fetch(`${origin}/oidc/me`, { headers: { authorization: `Bearer ${tokens.body.access_token}` } })
    expect(await me.json()).toMatchObject({ email: PERSON.email })
    expect(
      (await post(origin, '/oidc/token', { grant_type: 'refresh_token', refresh_token: String(tokens.body.refresh_token) }, client)).status,
    ).toBe(200)
    expect((await post(origin, '/oidc/token', form, client)).body.error).toBe('invalid_grant')

    // A duplicated parameter must reach the provider as it was sent.
    const twice = await fetch(`${origin}/oidc/token`, {
      method: 'POST',
      body: 'grant_type=client_credentials&grant_type=client_credentials',
      headers: { 'content-type': 'application/x-www-form-urlencoded', authorization: `Basic ${btoa(`${client.id}:${client.secret}`)}` },
    })
    expect([twice.status, ((await twice.json()) as { error: string }).error]).toEqual([400, 'invalid_request'])
  })
})
