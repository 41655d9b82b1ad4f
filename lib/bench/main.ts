// npm run bench [-- ROUNDS SECONDS]: what this server costs, as ratios against references measured in the same run. Nothing here is a test:
// the figures depend on the machine, the ratios hardly do.
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ensureBuild } from '#lib/build/next-build.ts'
import { ensurePrismaClient } from '#lib/build/prisma-client.ts'
import { freePort, type ServerProcess, startServer, temporaryDataDir } from '#lib/testing/server-process.ts'
import { type Load, median, type TokenTarget, tokenLoad } from './token-load.ts'

const [rounds = 3, seconds = 10] = process.argv.slice(2).map(Number)
const WARM_UP_SECONDS = 2
const IDLE_MS = 5_000

type Row = [what: string, figure: string, against: string]

ensurePrismaClient()
await ensureBuild(console.error)
const dataDir = temporaryDataDir()
try {
  print([...(await startTimes()), ...(await tokens())])
} finally {
  rmSync(dataDir, { recursive: true, force: true })
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

/** Client-credentials tokens of both, in turns on the same machine in the same minutes. */
async function tokens(): Promise<Row[]> {
  const server = await startServer({ dataDir, env: { LOG_LEVEL: 'warn' } })
  const reference = await startReference()
  try {
    const targets: [ours: TokenTarget, bare: TokenTarget] = [await ourTarget(server), reference.target]
    const loads: [Load[], Load[]] = [[], []]
    for (const target of targets) await tokenLoad(target, WARM_UP_SECONDS)
    for (let round = 0; round < rounds; round++) {
      for (const [index, target] of targets.entries()) {
        const load = await tokenLoad(target, seconds)
        loads[index]?.push(load)
        console.error(`round ${round + 1} ${target.name}: ${load.perSecond.toFixed(0)} tokens/s`)
      }
    }
    const [ours, bare] = [median(loads[0]), median(loads[1])]
    // Within a round both met the same machine; over all rounds it may have been busier or calmer.
    const ratios = loads[0].map(({ perSecond }, round) => perSecond / (loads[1][round]?.perSecond ?? Number.NaN)).sort((a, b) => a - b)
    const ratio = ratios[Math.floor((ratios.length - 1) / 2)] ?? Number.NaN
    return [
      ['tokens/s, this server on PostgreSQL', ours.perSecond.toFixed(0), `p50 ${ours.p50} ms, p99 ${ours.p99} ms`],
      ['tokens/s, bare oidc-provider in memory', bare.perSecond.toFixed(0), `p50 ${bare.p50} ms, p99 ${bare.p99} ms`],
      ['ratio, median of the rounds', ratio.toFixed(2), 'at least 0.45'],
      ['resident memory, after the load', `${residentMegabytes(server.pid)} MB`, ''],
    ]
  } finally {
    reference.child.kill()
    await server.dispose()
  }
}

async function ourTarget(server: ServerProcess): Promise<TokenTarget> {
  const owner = 'bench@example.test'
  await server.cli('user', 'create', '--email', owner, '--password', randomBytes(16).toString('hex'), '--name', 'Bench')
  const made = await server.cli<{ client_id: string; client_secret: string }>('client', 'create', '--owner', owner, '--name', 'Bench')
  return { name: 'this server', url: `${server.url}/oidc/token`, clientId: made.client_id, clientSecret: made.client_secret }
}

async function startReference(): Promise<{ child: ChildProcess; target: TokenTarget }> {
  const port = await freePort()
  const [clientId, clientSecret] = ['bench', randomBytes(32).toString('hex')]
  const file = path.join(import.meta.dirname, 'reference-provider.ts')
  const child = spawn(process.execPath, [file, String(port), clientId, clientSecret], { stdio: ['ignore', 'pipe', 'ignore'] })
  await once(child.stdout, 'data')
  return { child, target: { name: 'bare oidc-provider', url: `http://localhost:${port}/token`, clientId, clientSecret } }
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
