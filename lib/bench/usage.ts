// npm run bench:usage [-- ROWS CLIENTS]: the usage pages over a full request log (10,000,000 rows of 30 days, 1,000 clients of one team), as
// multiples of a bare Next page in the same run. With BENCH_DATA_DIR the filled database is kept, and used again the next time.
import { existsSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { ensureBuild } from '#lib/build/next-build.ts'
import { ensurePrismaClient } from '#lib/build/prisma-client.ts'
import { childEnv } from '#lib/env.ts'
import { HttpPerson } from '#lib/testing/http-person.ts'
import { startServer, temporaryDataDir } from '#lib/testing/server-process.ts'
import { startBareNext } from './bare-next.ts'
import { fillRequestLog } from './many-requests.ts'

const [rows = 10_000_000, clients = 1_000] = process.argv.slice(2).map(Number)
const PERSON = { email: 'usage.bench@example.test', password: 'eleven calm otters at noon' }
const TIMES = 41
const PAGES = ['/usage?range=1h', '/usage', '/usage?range=7d', '/usage?range=30d', '/usage?range=custom&from=2020-01-01&to=2030-01-01']
const OF_CLIENT = ['', '?range=7d', '?range=30d'].map((query) => `/clients/cl_many0/usage${query}`)

ensurePrismaClient()
await ensureBuild(console.error)
const kept = childEnv().BENCH_DATA_DIR
const dataDir = kept ?? temporaryDataDir()
const filled = existsSync(path.join(dataDir, 'app-secret'))
const server = await startServer({ dataDir, env: { LOG_LEVEL: 'warn' } })
const bare = await startBareNext()
try {
  const { url } = JSON.parse(readFileSync(path.join(dataDir, 'owner.json'), 'utf8')) as { url: string }
  if (!filled) await fill(url)
  const database = new pg.Client({ connectionString: url })
  await database.connect()
  const person = new HttpPerson(server.url)
  await person.logIn(PERSON)
  const reference = await median(() => fetch(bare.url))
  console.log(`${'a bare Next page'.padEnd(64)} ${reference.toFixed(1)} ms`)
  const before = await scans(database)
  for (const page of [...PAGES, ...OF_CLIENT]) {
    const time = await median(async () => (await person.browser.go(page, server.url)).response)
    console.log(`${page.padEnd(64)} ${time.toFixed(1)} ms  ${(time / reference).toFixed(1)} times  (under 10)`)
  }
  console.log(`scans of the request log's partitions by these pages: ${(await scans(database)) - before}`)
  await database.end()
} finally {
  bare.child.kill()
  await server.dispose()
  if (!kept) rmSync(dataDir, { recursive: true, force: true })
}

async function fill(url: string): Promise<void> {
  const { team } = await server.cli<{ team: { id: string } }>(
    'user',
    'create',
    '--email',
    PERSON.email,
    '--password',
    PERSON.password,
    '--name',
    'Bench',
  )
  await server.cli('plan', 'set', team.id, 'enterprise')
  await fillRequestLog(url, team.id, { rows, clients, people: 20_000 }, console.error)
}

/** Milliseconds from asking to the whole answer, one after another; the middle of many. */
async function median(get: () => Promise<Response>): Promise<number> {
  const times: number[] = []
  for (let n = 0; n < TIMES + 5; n++) {
    const began = performance.now()
    const response = await get()
    if (response.status !== 200) throw new Error(`${response.url} answered ${response.status}`)
    if (!response.bodyUsed) await response.arrayBuffer()
    if (n >= 5) times.push(performance.now() - began)
  }
  return times.sort((a, b) => a - b)[TIMES >> 1] as number
}

/** How often PostgreSQL has read the partitions so far, by index or from end to end. The job of each minute does not touch them. */
async function scans(database: pg.Client): Promise<number> {
  await database.query('SELECT pg_stat_clear_snapshot()')
  const { rows: found } = await database.query<{ n: string }>(
    `SELECT sum(seq_scan + coalesce(idx_scan, 0)) AS n FROM pg_stat_user_tables WHERE relname LIKE 'request\\_logs\\_2%'`,
  )
  return Number(found[0]?.n)
}
