import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { type IncomingMessage, request } from 'node:http'
import { connect } from 'node:net'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { isRunning, type ServerProcess, startServer, temporaryDataDir, until } from '#lib/testing/server-process.ts'

// Each test starts real servers, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000 })

const BODY = 'grant_type=client_credentials'
const started: ServerProcess[] = []

afterEach(async () => {
  for (const server of started.splice(0)) await server.dispose()
})

async function ready(dataDir?: string): Promise<ServerProcess> {
  const server = await startServer(dataDir ? { dataDir } : {})
  started.push(server)
  return server
}

test('SIGTERM ends the server with 0 and takes PostgreSQL down in order', async () => {
  const server = await ready()
  const postgres = server.postgresPid() ?? 0
  expect(isRunning(postgres)).toBe(true)
  expect(await server.stop()).toEqual({ code: 0, signal: null })
  expect(isRunning(postgres)).toBe(false)
  expect(server.postgresPid()).toBeUndefined()
})

test('SIGTERM to npm start ends the server too, and its log says nothing of lost connections', async () => {
  const server = await startServer({ byNpm: true })
  started.push(server)
  const postgres = server.postgresPid() ?? 0
  await server.stop()
  await until('the server is gone', async () => !isRunning(postgres) && (await server.status('/healthz')) === undefined)
  expect(server.output).toContain('stopping')
  expect(server.output).not.toContain('connection lost')
})

test('SIGTERM lets a request that has begun finish', async () => {
  const server = await ready()
  await server.cli('user', 'create', '--email', 'slow@example.test', '--password', 'correct horse battery', '--name', 'Slow')
  const made = await server.cli<{ client_id: string; client_secret: string }>(
    'client',
    'create',
    '--owner',
    'slow@example.test',
    '--name',
    'Slow',
  )
  const post = request(`${server.url}/oidc/token`, {
    method: 'POST',
    agent: false,
    auth: `${made.client_id}:${made.client_secret}`,
    // The server's "100 Continue" says that the request has begun.
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': BODY.length, expect: '100-continue' },
  })
  post.flushHeaders()
  await once(post, 'continue')
  server.kill('SIGTERM')
  await until('the server takes no new connections', async () => (await server.status('/healthz')) === undefined)
  const answered = once(post, 'response')
  post.end(BODY)
  const [response] = (await answered) as [IncomingMessage]
  response.resume()
  expect(response.statusCode).toBe(200)
  expect(await server.exited).toEqual({ code: 0, signal: null })
})

test('SIGTERM does not wait for a connection that offered another protocol', async () => {
  const server = await ready()
  expect(await server.status('/login')).toBe(200)
  const socket = connect(server.port, '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  socket.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n')
  const [answer] = await once(socket, 'data', { signal: AbortSignal.timeout(20_000) })
  expect(String(answer)).toMatch(/^HTTP\/1\.1 200/)
  const asked = performance.now()
  expect(await server.stop()).toEqual({ code: 0, signal: null })
  // What is left open at the stop is given ten seconds.
  expect(performance.now() - asked).toBeLessThan(9000)
})

test('kill -9 of the server takes PostgreSQL with it, and a restart finds everything', async () => {
  const dataDir = temporaryDataDir()
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
  const first = await ready(dataDir)
  await first.cli('user', 'create', '--email', 'kept@example.test', '--password', 'correct horse battery', '--name', 'Kept')
  const postgres = first.postgresPid() ?? 0
  first.kill('SIGKILL')
  await first.exited
  await until('PostgreSQL follows', () => !isRunning(postgres))
  const second = await ready(dataDir)
  expect(await second.cli('client', 'create', '--owner', 'kept@example.test', '--name', 'After')).toHaveProperty('client_id')
})

test('kill -9 of PostgreSQL: not ready, then ready again by itself', async () => {
  const server = await ready()
  const postgres = server.postgresPid() ?? 0
  process.kill(postgres, 'SIGKILL')
  await server.ready(503)
  await server.ready(200)
  expect(server.running).toBe(true)
  expect(server.postgresPid()).not.toBe(postgres)
  expect(await server.stop()).toEqual({ code: 0, signal: null })
})
