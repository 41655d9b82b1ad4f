import { readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ServerProcess, spawnServer, startServer, until } from '#lib/testing/server-process.ts'
import { EQUAL, rollupDifferences } from '#lib/usage/testing.ts'

// The log and its rollups, while one of two processes dies under load.

let first: ServerProcess
let second: ServerProcess
let database: pg.Client
let headers: Record<string, string>

beforeAll(async () => {
  first = await startServer()
  const owner = ['--email', 'usage@example.com', '--password', 'nine slow turtles by night', '--name', 'Una Usage']
  await first.cli('user', 'create', ...owner)
  const made = await first.cli<{ client_id: string; client_secret: string }>(
    'client',
    'create',
    '--owner',
    'usage@example.com',
    '--name',
    'Busy',
  )
  headers = { 'x-client-id': made.client_id, 'x-client-secret': made.client_secret, 'x-client-domain': 'localhost' }
  const { url } = JSON.parse(readFileSync(path.join(first.dataDir, 'owner.json'), 'utf8')) as { url: string }
  const APP_SECRET = readFileSync(path.join(first.dataDir, 'app-secret'), 'utf8').trim()
  second = await spawnServer({ env: { DATABASE_URL: url, APP_SECRET } })
  await second.ready()
  database = new pg.Client({ connectionString: url })
  await database.connect()
  await database.query('UPDATE teams SET override_per_minute = 1000000')
}, 120_000)

afterAll(async () => {
  await database?.end()
  await second?.dispose()
  await first?.dispose()
})

type Answered = { id: string; at: number }

/** How many requests a process has under way at once. */
const LANES = 4
/** Rows that fill no batch wait this long. */
const WAIT_MS = 1_000
/** Writing them takes some milliseconds, and the write before it may have to end first; on a machine that is busy with other work it can be this long. */
const WRITES_MS = 1_500

/** Calls, good and bad ones, until told to stop or the server is gone. Answers the ids of what was answered. */
async function load(server: ServerProcess, done: AbortSignal): Promise<Answered[]> {
  const answered: Answered[] = []
  const one = async (lane: number) => {
    for (let n = 0; !done.aborted; n++) {
      const wrong: Record<string, string> = n % 4 === 0 ? { 'x-client-domain': `d${lane}.example.com` } : {}
      const call = fetch(`${server.url}/api/v1/${n % 3 ? 'whoami' : 'users'}`, {
        headers: { ...headers, ...wrong },
        signal: AbortSignal.timeout(10_000),
      })
      const response = await call.catch(() => null)
      if (!response) return
      answered.push({ id: response.headers.get('x-request-id') ?? '', at: Date.now() })
      await response.arrayBuffer().catch(() => {})
    }
  }
  await Promise.all(Array.from({ length: LANES }, (_, lane) => one(lane)))
  return answered
}

const missing = async (answered: Answered[]): Promise<Answered[]> => {
  const { rows } = await database.query<{ id: string }>('SELECT request_id AS id FROM request_logs WHERE request_id = ANY($1)', [
    answered.map(({ id }) => id),
  ])
  const stored = new Set(rows.map(({ id }) => id))
  return answered.filter(({ id }) => !stored.has(id))
}

it('rollups equal the raw rows after a kill -9 under load; lost are its newest rows, of a second and the writes under way', async () => {
  const stop = new AbortController()
  const loads = [load(first, stop.signal), load(second, stop.signal)] as const
  const rows = async () => Number((await database.query('SELECT count(*) AS n FROM request_logs')).rows[0].n)
  await until('both have written for a while', async () => (await rows()) > 1_000)
  const killedAt = Date.now()
  second.kill('SIGKILL')
  await second.exited
  const before = await rows()
  await until('the other goes on writing', async () => (await rows()) > before + 500)
  stop.abort()
  const [survivor, victim] = await Promise.all(loads)

  await until('the survivor has written what it answered', async () => (await missing(survivor)).length === 0)
  const lost = await missing(victim)
  const stored = victim.length - lost.length
  const oldest = Math.min(...lost.map(({ at }) => at))
  process.stdout.write(
    `killed under load: ${victim.length} requests answered, ${stored} stored, ${lost.length} lost, ${killedAt - oldest} ms old at most\n`,
  )
  expect(stored).toBeGreaterThan(0)
  expect(oldest).toBeGreaterThan(killedAt - WAIT_MS - WRITES_MS)
  // Rows are written in their order: but for those that were answered side by side, nothing newer than a lost one is stored.
  const ids = new Set(lost.map(({ id }) => id))
  const newest = victim.slice(victim.length - lost.length)
  expect(newest.filter(({ id }) => !ids.has(id)).length).toBeLessThanOrEqual(LANES)
  expect(await rollupDifferences((sql) => database.query(sql))).toEqual(EQUAL)
}, 90_000)
