// npm run bench [-- ROUNDS SECONDS] [--only start|tokens|flows|whoami|pages|many|purge]: what this server costs, as ratios against references measured in the
// same run. With BENCH_DATA_DIR the data folder is kept, and the pages' log is not filled again. Nothing here is a test: the figures depend on the
// machine, the ratios hardly do.
import { randomBytes } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { ensureBuild } from '#lib/build/next-build.ts'
import { ensurePrismaClient } from '#lib/build/prisma-client.ts'
import { childEnv } from '#lib/env.ts'
import { type ServerProcess, startServer, temporaryDataDir } from '#lib/testing/server-process.ts'
import { type Comparison, compare } from './load.ts'
import { compareFlows, FLOWS } from './oidc-flows.ts'
import { comparePages } from './pages.ts'
import { loadDuringPurge } from './purge.ts'
import type { Row } from './row.ts'
import { addClients, type BenchClient, startReference, tokenTarget, unlimitedClient, whoamiTarget } from './targets.ts'

const { values: options, positionals } = parseArgs({ options: { only: { type: 'string', multiple: true } }, allowPositionals: true })
const [rounds = 3, seconds = 10] = positionals.map(Number)
const IDLE_MS = 5_000
const MANY_CLIENTS = 100_000
const EXPIRED = 1_000_000
const FLOW_TARGETS = {
  'code exchange': 'at least 0.35',
  refresh: 'at least 0.35',
  introspection: 'at least 0.50',
  userinfo: 'at least 0.50',
}

/** The parts that press a client's own requests. */
const LOADS = ['tokens', 'flows', 'whoami', 'many', 'purge']

/** Whether this part is asked for. */
const wanted = (part: string) => !options.only || options.only.includes(part)

ensurePrismaClient()
await ensureBuild(console.error)
const kept = childEnv().BENCH_DATA_DIR
const dataDir = kept ?? temporaryDataDir()
try {
  print([...(wanted('start') ? await startTimes() : []), ...(await loads())])
} finally {
  if (!kept) rmSync(dataDir, { recursive: true, force: true })
}

/** From `node server.ts` to a 200 of /readyz: on an empty data folder, and again on the one that it made. */
async function startTimes(): Promise<Row[]> {
  const rows: Row[] = []
  for (const what of ['first start until ready', 'next start until ready']) {
    const begin = performance.now()
    const server = await startServer({ dataDir, env: { LOG_LEVEL: 'warn' } })
    rows.push([what, `${((performance.now() - begin) / 1000).toFixed(2)} s`, 'at most 3 s'])
    if (rows.length === 2) {
      await sleep(IDLE_MS)
      rows.push(['resident memory, idle', `${residentMegabytes(server.pid)} MB`, 'under 350 MB'])
    }
    await server.dispose()
  }
  return rows
}

async function loads(): Promise<Row[]> {
  const server = await startServer({ dataDir, env: { LOG_LEVEL: 'warn' } })
  try {
    const rows = LOADS.some(wanted) ? await loadsOfClient(server) : []
    if (wanted('pages')) rows.push(...(await comparePages(server)))
    return rows
  } finally {
    await server.dispose()
  }
}

async function loadsOfClient(server: ServerProcess): Promise<Row[]> {
  const client = await unlimitedClient(server)
  const rows: Row[] = []
  if (wanted('tokens')) rows.push(...(await tokens(server, client)))
  if (wanted('flows')) rows.push(...(await flows(server, client)))
  if (wanted('whoami')) rows.push(...(await whoami(server, client, 'whoami')))
  if (wanted('many')) {
    await addClients(server, MANY_CLIENTS)
    rows.push(...(await whoami(server, client, `whoami among ${MANY_CLIENTS.toLocaleString('en')} clients`)))
  }
  if (wanted('purge')) rows.push(...(await purge(server, client)))
  return [...rows, ['resident memory, after the loads', `${residentMegabytes(server.pid)} MB`, '']]
}

/** Client-credentials tokens on PostgreSQL, against a bare oidc-provider with its in-memory store. */
async function tokens(server: ServerProcess, client: BenchClient): Promise<Row[]> {
  const known = { client_id: 'bench', client_secret: randomBytes(32).toString('hex') }
  const { child, port } = await startReference('reference-provider.ts', known.client_id, known.client_secret)
  try {
    const ours = tokenTarget('tokens', `${server.url}/oidc/token`, client)
    const reference = tokenTarget('tokens of a bare oidc-provider', `http://localhost:${port}/token`, known)
    return rowsOf(await compare({ ours, reference }, rounds, seconds), 'tokens', 'bare oidc-provider', 'at least 0.50')
  } finally {
    child.kill()
  }
}

/** What tokens of people pass, against the same. */
async function flows(server: ServerProcess, client: BenchClient): Promise<Row[]> {
  const compared = await compareFlows(server, client, rounds, seconds)
  return FLOWS.flatMap((flow) => rowsOf(compared[flow], flow, 'bare oidc-provider', FLOW_TARGETS[flow]))
}

/** The API through every check of the gate, logging on, against a bare node:http that says hello. */
async function whoami(server: ServerProcess, client: BenchClient, name: string): Promise<Row[]> {
  const { child, port } = await startReference('reference-hello.ts')
  try {
    const reference = { name: 'bare node:http', url: `http://localhost:${port}/`, method: 'GET' as const }
    const comparison = await compare({ ours: whoamiTarget(server, client), reference }, rounds, seconds)
    return rowsOf(comparison, name, 'bare node:http', 'at least 0.20; p99 under 25 ms')
  } finally {
    child.kill()
  }
}

/** The token endpoint while the housekeeping job removes a million expired artifacts. */
async function purge(server: ServerProcess, client: BenchClient): Promise<Row[]> {
  const { without, during, ...done } = await loadDuringPurge(server, client, { rows: EXPIRED, rounds, seconds })
  return [
    ['p99 of tokens', `${without.p99} ms`, `${without.perSecond.toFixed(0)} per second`],
    ['  while expired rows are purged', `${during.p99} ms`, `${during.perSecond.toFixed(0)} per second; ${done.loads} loads`],
    ['  ratio', (during.p99 / without.p99).toFixed(2), 'at most 2.00'],
    ['  the purge took', `${done.seconds.toFixed(0)} s`, `${done.rows.toLocaleString('en')} rows, a load beside it`],
  ]
}

function rowsOf({ ours, reference, ratio }: Comparison, what: string, against: string, target: string): Row[] {
  const latency = ({ p50, p99 }: { p50: number; p99: number }) => `p50 ${p50} ms, p99 ${p99} ms`
  return [
    [`${what} per second`, ours.perSecond.toFixed(0), latency(ours)],
    [`  ${against}`, reference.perSecond.toFixed(0), latency(reference)],
    ['  ratio, median of the rounds', ratio.toFixed(2), target],
  ]
}

/** Resident set of a process in MB, from Linux's /proc. */
function residentMegabytes(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Math.round(Number(kilobytes) / 1024)
}

function print(rows: Row[]): void {
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  for (const [what, figure, against] of rows) console.log(`${what.padEnd(widths[0] ?? 0)}  ${figure.padStart(widths[1] ?? 0)}  ${against}`)
}
