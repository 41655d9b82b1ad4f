// npm run bench:usage [-- ROWS CLIENTS]: the usage pages and the request explorer over a full request log (10,000,000 rows of 30 days, 1,000 clients of
// one team), as multiples of a bare Next page in the same run. With BENCH_DATA_DIR the filled database is kept, and used again the next time.
import { existsSync, rmSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { ensureBuild } from '#lib/build/next-build.ts'
import { ensurePrismaClient } from '#lib/build/prisma-client.ts'
import { childEnv } from '#lib/env.ts'
import { HttpPerson } from '#lib/testing/http-person.ts'
import { startServer, temporaryDataDir } from '#lib/testing/server-process.ts'
import { startBareNext } from './bare-next.ts'
import { fillRequestLog } from './many-requests.ts'
import { timePages } from './page-times.ts'
import { databaseUrl } from './targets.ts'

const [rows = 10_000_000, clients = 1_000] = process.argv.slice(2).map(Number)
const PERSON = { email: 'usage.bench@example.test', password: 'eleven calm otters at noon' }
const TIMES = 40
const AT_MOST = 10
const DEEP = 200
const USAGE = ['/usage?range=1h', '/usage', '/usage?range=7d', '/usage?range=30d', '/usage?range=custom&from=2020-01-01&to=2030-01-01']
const OF_CLIENT = ['', '?range=7d', '?range=30d'].map((query) => `/clients/cl_many0/usage${query}`)
const EXPLORER = [
  '',
  'range=1m',
  'range=30d',
  'range=30d&status=5xx',
  'range=30d&status=404',
  'range=30d&decision=refused',
  'range=30d&decision=ip_not_allowed',
  'range=30d&client=cl_many900',
  'range=30d&domain=cl_many900.example.com',
  'range=30d&mode=test',
  'range=30d&path=/oidc/token',
  'range=30d&ip=203.0.113.20',
  'range=30d&request=req_thereisnosuchrequest',
].map((query) => `/requests?${query}`)

ensurePrismaClient()
await ensureBuild(console.error)
const kept = childEnv().BENCH_DATA_DIR
const dataDir = kept ?? temporaryDataDir()
const filled = existsSync(path.join(dataDir, 'app-secret'))
const server = await startServer({ dataDir, env: { LOG_LEVEL: 'warn' } })
try {
  if (!filled) await fill()
  const bare = await startBareNext()
  try {
    await measure(bare.url)
  } finally {
    bare.child.kill()
  }
} finally {
  await server.dispose()
  if (!kept) rmSync(dataDir, { recursive: true, force: true })
}

async function fill(): Promise<void> {
  const flags = ['--email', PERSON.email, '--password', PERSON.password, '--name', 'Bench']
  const { team } = await server.cli<{ team: { id: string } }>('user', 'create', ...flags)
  await server.cli('plan', 'set', team.id, 'enterprise')
  await fillRequestLog(databaseUrl(server), team.id, { rows, clients, people: 20_000 }, console.error)
}

async function measure(bare: string): Promise<void> {
  const database = new pg.Client({ connectionString: databaseUrl(server) })
  await database.connect()
  const person = new HttpPerson(server.url)
  await person.logIn(PERSON)
  const before = await scans(database)
  await compare(person, bare, [...USAGE, ...OF_CLIENT])
  console.log(`scans of the request log's partitions by these pages: ${(await scans(database)) - before}`)
  await compare(person, bare, [...EXPLORER, await deepPage(person)])
  await database.end()
}

async function compare(person: HttpPerson, bare: string, pages: readonly string[]): Promise<void> {
  const cookie = person.browser.cookies('/')
  const [reference, ...times] = await timePages([{ url: bare }, ...pages.map((page) => ({ url: `${server.url}${page}`, cookie }))], TIMES)
  console.log(`${'a bare Next page'.padEnd(72)} ${reference?.median.toFixed(1)} ms`)
  for (const [index, { median, p99 }] of times.entries()) {
    const ratio = (median / (reference?.median ?? Number.NaN)).toFixed(1)
    const page = (pages[index] ?? '').slice(0, 70)
    console.log(`${page.padEnd(72)} ${median.toFixed(1)} ms  p99 ${p99.toFixed(0)} ms  ${ratio} times  (under ${AT_MOST})`)
  }
}

/** The address of page 200 of the explorer, by the links from page to page. */
async function deepPage(person: HttpPerson): Promise<string> {
  let at = '/requests?range=30d'
  for (let page = 1; page < DEEP; page++) {
    const { text } = await person.browser.go(at, server.url)
    const next = [...text.matchAll(/href="(\/requests\?[^"]*\bcursor=[^"]*)"/g)].at(-1)?.[1]
    if (!next) throw new Error(`page ${page} of the explorer leads to no other`)
    at = next.replaceAll('&amp;', '&')
  }
  return at
}

/** How often PostgreSQL has read the partitions so far, by index or from end to end. The job of each minute does not touch them. */
async function scans(database: pg.Client): Promise<number> {
  await database.query('SELECT pg_stat_clear_snapshot()')
  const { rows: found } = await database.query<{ n: string }>(
    `SELECT sum(seq_scan + coalesce(idx_scan, 0)) AS n FROM pg_stat_user_tables WHERE relname LIKE 'request\\_logs\\_2%'`,
  )
  return Number(found[0]?.n)
}
