import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { type APIRequestContext, request } from 'playwright/test'
import { startEmbedded } from '#lib/database/embedded.ts'
import { freePort, type ServerProcess, spawnServer, temporaryDataDir, until } from '#lib/testing/server-process.ts'

/** A server over TLS that believes this machine's forwarding headers, on a PostgreSQL that the test may reach into. */
export type HttpsInstallation = {
  server: ServerProcess
  /** Speaks to the server, its certificate accepted. */
  api: APIRequestContext
  sql: (text: string, ...values: unknown[]) => Promise<Record<string, unknown>[]>
  dispose: () => Promise<void>
}

/** Starts it: https, so that a request in the clear can be refused. */
export async function startHttpsInstallation(): Promise<HttpsInstallation> {
  const dir = temporaryDataDir()
  const tls = mkdtempSync(path.join(tmpdir(), 'xwms-tls-'))
  const [cert, key] = [path.join(tls, 'cert.pem'), path.join(tls, 'key.pem')]
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256']
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
  execFileSync('openssl', ['req', '-x509', ...curve, '-nodes', '-days', '2', '-keyout', key, '-out', cert, ...subject], { stdio: 'ignore' })

  const database = await startEmbedded({ dir: path.join(dir, 'postgres'), maxConnections: 80, durable: false })
  const port = await freePort()
  const server = await spawnServer({
    port,
    dataDir: dir,
    env: {
      PUBLIC_URL: `https://localhost:${port}`,
      TLS_CERT: cert,
      TLS_KEY: key,
      TRUSTED_PROXIES: '127.0.0.0/8,::1',
      DATABASE_URL: database.url,
      APP_SECRET: 'a secret for one test and nothing else',
    },
  })
  const api = await request.newContext({ baseURL: server.url, ignoreHTTPSErrors: true })
  const pool = new pg.Pool({ connectionString: database.url, max: 2 })
  // PostgreSQL ends what is idle when it stops.
  pool.on('error', () => {})
  const dispose = async () => {
    await api.dispose()
    await server.stop()
    await pool.end()
    await database.stop()
    for (const each of [dir, tls]) rmSync(each, { recursive: true, force: true })
  }
  try {
    await until('the server answers over TLS', () => isReady(server, api), 90_000)
  } catch (error) {
    console.error(server.output.slice(-4000))
    await dispose()
    throw error
  }
  return { server, api, sql: async (text, ...values) => (await pool.query(text, values)).rows, dispose }
}

async function isReady(server: ServerProcess, api: APIRequestContext): Promise<boolean> {
  if (!server.running) throw new Error(server.output)
  const response = await api.get('/readyz').catch(() => undefined)
  return response?.status() === 200
}
