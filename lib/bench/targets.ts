import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { freePort, type ServerProcess } from '#lib/testing/server-process.ts'
import type { Target } from './load.ts'

/** Where the benchmark's clients return to; nobody listens there. */
export const CALLBACK = 'http://localhost:4000/callback'

export type BenchClient = { client_id: string; client_secret: string }

/** A client of a team whose plan does not limit it: a 429 is no result. */
export async function unlimitedClient(server: ServerProcess): Promise<BenchClient> {
  const owner = 'bench@example.test'
  await server.cli('user', 'create', '--email', owner, '--password', randomBytes(16).toString('hex'), '--name', 'Bench')
  const made = await server.cli<BenchClient>('client', 'create', '--owner', owner, '--name', 'Bench', '--redirect-uri', CALLBACK)
  await withDatabase(server, (client) => client.query('UPDATE teams SET override_per_minute = 1000000000'))
  return made
}

/** Adds `count` clients with a domain and a secret each, so that look-ups work on a table of that size. */
export async function addClients(server: ServerProcess, count: number): Promise<void> {
  await withDatabase(server, async (client) => {
    await client.query(
      `INSERT INTO clients (id, team_id, name, grant_types, token_endpoint_auth_method, updated_at)
       SELECT 'cl_bench' || n, (SELECT id FROM teams LIMIT 1), 'Client ' || n, '{}', 'client_secret_basic', now() FROM generate_series(1, $1::int) n`,
      [count],
    )
    await client.query(
      `INSERT INTO domains (id, client_id, host, verification_token, updated_at) SELECT 'dom_' || id, id, 'localhost', id, now() FROM clients WHERE id LIKE 'cl_bench%'`,
    )
    await client.query(
      `INSERT INTO client_secrets (id, client_id, hash, hint, mode) SELECT 'sec_' || id, id, sha256(id::bytea), 'xxxx', 'test' FROM clients WHERE id LIKE 'cl_bench%'`,
    )
    await client.query('VACUUM ANALYZE clients, domains, client_secrets')
  })
}

/** Where the database of a running server is. */
export function databaseUrl(server: ServerProcess): string {
  return (JSON.parse(readFileSync(path.join(server.dataDir, 'owner.json'), 'utf8')) as { url: string }).url
}

/** Work on the database of a running server. */
export async function withDatabase<T>(server: ServerProcess, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl(server) })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** HTTP Basic client authentication. */
export function basic({ client_id, client_secret }: BenchClient): string {
  return `Basic ${btoa(`${client_id}:${client_secret}`)}`
}

/** Client credentials at a token endpoint. */
export function tokenTarget(name: string, url: string, client: BenchClient): Target {
  const headers = {
    authorization: basic(client),
    'content-type': 'application/x-www-form-urlencoded',
  }
  return { name, url, method: 'POST', headers, body: 'grant_type=client_credentials' }
}

/** `GET /api/v1/whoami` through all checks of the gate. */
export function whoamiTarget(server: ServerProcess, client: BenchClient): Target {
  const headers = { 'x-client-id': client.client_id, 'x-client-secret': client.client_secret, 'x-client-domain': 'localhost' }
  return { name: 'whoami', url: `${server.url}/api/v1/whoami`, method: 'GET', headers }
}

export type Reference = { child: ChildProcess; port: number }

/** Starts a yardstick of this folder in a process of its own. */
export async function startReference(file: string, ...args: string[]): Promise<Reference> {
  const port = await freePort()
  const child = spawn(process.execPath, [path.join(import.meta.dirname, file), String(port), ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  await once(child.stdout, 'data')
  return { child, port }
}
