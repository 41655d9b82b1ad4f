import { rmSync } from 'node:fs'
import { afterEach, beforeAll, describe, expect, inject, onTestFinished, test, vi } from 'vitest'
import { ensureBuild } from '#lib/build/next-build.ts'
import { type ServerProcess, type StartOptions, spawnServer, startServer, temporaryDataDir, until } from '#lib/testing/server-process.ts'

// Each test starts a real server, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000 })

// A start that builds the pages says so, and lines are counted here.
beforeAll(() => ensureBuild(() => {}), 300_000)

const started: ServerProcess[] = []
const SECRET = 'a secret of more than thirty-two bytes'

afterEach(async () => {
  for (const server of started.splice(0)) await server.dispose()
})

async function spawned(options: StartOptions = {}): Promise<ServerProcess> {
  const server = await spawnServer(options)
  started.push(server)
  return server
}

async function ready(options: StartOptions = {}): Promise<ServerProcess> {
  const server = await startServer(options)
  started.push(server)
  return server
}

describe('a wrong environment stops the start with one line that names the variable', () => {
  test.each<[variable: string, env: Record<string, string>]>([
    ['PORT', { PORT: 'eighty' }],
    ['PORT', { PORT: '70000' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'http://login.example.com' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'https://login.example.com/path' }],
    ['DATABASE_URL', { DATABASE_URL: 'mysql://localhost/db' }],
    ['APP_SECRET', { APP_SECRET: 'short' }],
    ['APP_SECRET', { DATABASE_URL: 'postgresql://localhost/db' }],
    ['RATE_LIMIT_STORE', { RATE_LIMIT_STORE: 'disk' }],
    ['REDIS_URL', { RATE_LIMIT_STORE: 'redis' }],
    ['WORKERS', { WORKERS: '0' }],
    ['TRUSTED_PROXIES', { TRUSTED_PROXIES: '10.0.0.0/33' }],
    ['TLS_CERT', { TLS_CERT: '/nowhere/cert.pem', TLS_KEY: '/nowhere/key.pem' }],
    ['TLS_KEY', { TLS_CERT: import.meta.filename }],
    ['SMTP_URL', { SMTP_URL: 'mail.example.com' }],
    ['MAIL_FROM', { MAIL_FROM: 'nonsense' }],
    ['TLS_CERT', { TLS_CERT: import.meta.filename, TLS_KEY: import.meta.filename }],
    ['HOST', { HOST: 'no.such.host.invalid' }],
    ['HOST', { HOST: '203.0.113.9' }],
    ['HOST', { HOST: '203.0.113.9', WORKERS: '2' }],
    ['DATABASE_URL', { DATABASE_URL: 'postgresql://user:secret@no.such.host.invalid/db', APP_SECRET: SECRET }],
    ['DATABASE_URL', { DATABASE_URL: 'postgresql://user:%zz@localhost/db', APP_SECRET: SECRET }],
  ])('%s %o', async (variable, env) => {
    const server = await spawned({ env })
    expect(await server.exited).toEqual({ code: 1, signal: null })
    const lines = server.output.trim().split('\n')
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain(variable)
  })
})

test.each([
  ['a wrong password', (url: URL) => Object.assign(url, { password: 'wrong' })],
  ['an unknown user', (url: URL) => Object.assign(url, { username: 'nobody-here' })],
  ['an unknown database', (url: URL) => Object.assign(url, { pathname: '/no-such-database' })],
])('a DATABASE_URL with %s stops the start with one line, without the password', async (_what, spoil) => {
  const url = spoil(new URL(inject('databaseUrl'))).toString()
  const server = await spawned({ env: { DATABASE_URL: url, APP_SECRET: SECRET } })
  expect(await server.exited).toEqual({ code: 1, signal: null })
  const lines = server.output.trim().split('\n')
  expect(lines).toHaveLength(1)
  expect(lines[0]).toContain('DATABASE_URL')
  expect(lines[0]).not.toContain(new URL(url).password)
})

test('a METRICS_TOKEN of any length is accepted; a short one is warned of', async () => {
  const server = await ready({ env: { METRICS_TOKEN: 'short' } })
  expect(server.output).toContain('METRICS_TOKEN')
  const metrics = (token: string) => fetch(`${server.url}/metrics`, { headers: { authorization: `Bearer ${token}` } })
  expect((await metrics('short')).status).toBe(200)
  expect((await metrics('other')).status).toBe(401)
})

test('serves: the process is healthy, the database is ready, the issuer is the public address', async () => {
  const server = await ready()
  expect(await server.status('/healthz')).toBe(200)
  expect(await server.status('/readyz')).toBe(200)
  const discovery = await fetch(`${server.url}/oidc/.well-known/openid-configuration`, { headers: { 'x-forwarded-host': 'evil.example' } })
  const text = await discovery.text()
  expect(JSON.parse(text)).toMatchObject({ issuer: `${server.url}/oidc`, token_endpoint: `${server.url}/oidc/token` })
  expect(text).not.toContain('evil.example')
  const short = await fetch(`${server.url}/.well-known/oauth-authorization-server/oidc`)
  expect(await short.json()).toMatchObject({ issuer: `${server.url}/oidc` })
})

test('a second start on the same data folder stops with one line, and the first goes on', async () => {
  const first = await ready()
  const second = await spawned({ dataDir: first.dataDir })
  expect(await second.exited).toEqual({ code: 1, signal: null })
  const lines = second.output.trim().split('\n')
  expect(lines).toHaveLength(1)
  expect(lines[0]).toContain(String(first.pid))
  expect(await first.status('/readyz')).toBe(200)
})

test('a port that is taken stops the start with one line, and the database goes down again', async () => {
  const first = await ready()
  const dataDir = temporaryDataDir()
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
  const second = await spawned({ port: first.port, dataDir })
  expect(await second.exited).toEqual({ code: 1, signal: null })
  expect(second.output).toContain(String(first.port))
  expect(second.postgresPid()).toBeUndefined()
})

test('the CLI works beside the running server and without it, on the same database', async () => {
  const server = await ready()
  await server.cli('user', 'create', '--email', 'owner@example.test', '--password', 'correct horse battery', '--name', 'Owner')
  const made = await server.cli<{ client_id: string; client_secret: string }>(
    'client',
    'create',
    '--owner',
    'owner@example.test',
    '--name',
    'Beside',
  )
  const token = await fetch(`${server.url}/oidc/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${made.client_id}:${made.client_secret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  })
  expect(token.status).toBe(200)
  expect(await server.stop()).toEqual({ code: 0, signal: null })
  const shown = await server.tryCli('client', 'show', made.client_id)
  expect(JSON.parse(shown.stdout)).toMatchObject({ client_id: made.client_id })
  const failed = await server.tryCli('client', 'show', 'cl_unknown')
  expect(failed.code).not.toBe(0)
  expect(failed.stdout).toBe('')
  expect(JSON.parse(failed.stderr)).toHaveProperty('error')
})

test('two workers serve one installation', async () => {
  const server = await ready({ env: { WORKERS: '2' } })
  const answers = await Promise.all(Array.from({ length: 20 }, () => server.status('/readyz')))
  expect(answers).toEqual(Array.from({ length: 20 }, () => 200))
  // Each on a connection of its own, so that both workers have some; whichever is asked tells of all.
  for (let n = 0; n < 12; n++) await fetch(`${server.url}/api/info`, { headers: { connection: 'close' } })
  const counted = async () => {
    const text = await (await fetch(`${server.url}/metrics`, { headers: { connection: 'close' } })).text()
    return /^xwms_http_requests_total\{lane="api",status="2xx"\} (\d+)$/m.exec(text)?.[1]
  }
  await until('all are counted', async () => (await counted()) === '12')
  for (let n = 0; n < 6; n++) expect(await counted()).toBe('12')
  expect(await server.stop()).toEqual({ code: 0, signal: null })
  expect(await server.status('/healthz')).toBeUndefined()
})
