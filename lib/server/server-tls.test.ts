import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { get } from 'node:https'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { freePort, type ServerProcess, spawnServer, until } from '#lib/testing/server-process.ts'

// Each test starts a real server, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000 })

let dir = ''
let server: ServerProcess
let ca: Buffer

beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'xwms-tls-'))
  const [cert, key] = [path.join(dir, 'cert.pem'), path.join(dir, 'key.pem')]
  const name = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-keyout', key, '-out', cert, ...name],
    {
      stdio: 'ignore',
    },
  )
  ca = readFileSync(cert)
  const port = await freePort()
  server = await spawnServer({ port, env: { TLS_CERT: cert, TLS_KEY: key, PUBLIC_URL: `https://localhost:${port}` } })
})

afterAll(async () => {
  await server?.dispose()
  rmSync(dir, { recursive: true, force: true })
})

/** A GET that trusts the certificate of this test. */
function fetchTls(target: string): Promise<{ status: number; headers: Record<string, unknown>; body: string }> {
  return new Promise((resolve, reject) => {
    get(`${server.url}${target}`, { ca }, (response) => {
      let body = ''
      response.on('data', (chunk) => {
        body += String(chunk)
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
    }).on('error', reject)
  })
}

test('serves HTTPS itself, with HSTS and secure cookies', async () => {
  await until(
    'the server answers over TLS',
    async () => {
      if (!server.running) throw new Error(server.output)
      return (await fetchTls('/readyz').catch(() => undefined))?.status === 200
    },
    90_000,
  )
  const discovery = await fetchTls('/oidc/.well-known/openid-configuration')
  expect(JSON.parse(discovery.body)).toMatchObject({ issuer: `${server.url}/oidc` })
  expect(discovery.headers['strict-transport-security']).toMatch(/max-age=\d{7,}/)
  const login = await fetchTls('/login')
  expect(login.status).toBe(200)
  for (const cookie of (login.headers['set-cookie'] as string[] | undefined) ?? []) expect(cookie).toMatch(/; secure/i)
})
