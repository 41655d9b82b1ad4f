// npm run bench:log [-- ROUNDS SECONDS]: what the request log, with its rollups, costs the gate: the same calls of `whoami` on two servers of
// one installation, of which one forgets what it should log. Both write to, and read from, one PostgreSQL.
import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { ensureBuild } from '#lib/build/next-build.ts'
import { ensurePrismaClient } from '#lib/build/prisma-client.ts'
import { startServer, temporaryDataDir } from '#lib/testing/server-process.ts'
import { compare } from './load.ts'
import { unlimitedClient, whoamiTarget } from './targets.ts'

const [rounds = 5, seconds = 6] = process.argv.slice(2).map(Number)

ensurePrismaClient()
await ensureBuild(console.error)
const dataDir = temporaryDataDir()
const logging = await startServer({ dataDir, env: { LOG_LEVEL: 'warn' } })
try {
  const client = await unlimitedClient(logging)
  const { url } = JSON.parse(readFileSync(path.join(dataDir, 'owner.json'), 'utf8')) as { url: string }
  const APP_SECRET = readFileSync(path.join(dataDir, 'app-secret'), 'utf8').trim()
  // Both count limits in PostgreSQL then, and neither has the other's advantage.
  const forgetful = await startServer({
    env: { LOG_LEVEL: 'warn', DATABASE_URL: url, APP_SECRET, RATE_LIMIT_STORE: 'memory' },
    entry: 'lib/bench/server-without-log.ts',
  })
  try {
    const targets = {
      ours: { ...whoamiTarget(logging, client), name: 'with log' },
      reference: { ...whoamiTarget(forgetful, client), name: 'without' },
    }
    const { ours, reference, ratio } = await compare(targets, rounds, seconds)
    const line = ({ perSecond, p50, p99 }: typeof ours) => `${perSecond.toFixed(0)}/s  p50 ${p50} ms, p99 ${p99} ms`
    console.log(`whoami, logging      ${line(ours)}`)
    console.log(`whoami, not logging  ${line(reference)}`)
    console.log(`ratio, median of the rounds  ${ratio.toFixed(2)}  (at least 0.90)`)
  } finally {
    await forgetful.dispose()
  }
} finally {
  await logging.dispose()
  rmSync(dataDir, { recursive: true, force: true })
}
