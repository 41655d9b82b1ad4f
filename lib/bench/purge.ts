import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { ServerProcess } from '#lib/testing/server-process.ts'
import { type Load, run } from './load.ts'
import { type BenchClient, tokenTarget, withDatabase } from './targets.ts'

/** What the token endpoint does with and without a purge under way, and how long that took. */
export type PurgeLoad = { without: Load; during: Load; rows: number; seconds: number; loads: number }

const JOB = 'bench-purge'
/** A purge that has not ended by then never will. */
const LONGEST_MS = 600_000

/**
 * Loads the token endpoint before, while the housekeeping job removes `rows` expired artifacts, and after. Loads that the job ended in the
 * middle of do not count.
 */
export async function loadDuringPurge(
  server: ServerProcess,
  client: BenchClient,
  { rows, rounds, seconds }: { rows: number; rounds: number; seconds: number },
): Promise<PurgeLoad> {
  const target = tokenTarget('tokens', `${server.url}/oidc/token`, client)
  const measure = async (when: string) => {
    const load = await run(target, seconds)
    console.error(`${when}: ${load.perSecond.toFixed(0)}/s, p99 ${load.p99} ms`)
    return load
  }
  const without: Load[] = []
  const during: Load[] = []
  await run(target, seconds)
  for (let round = 0; round < rounds; round++) without.push(await measure('without'))
  return withDatabase(server, async (database) => {
    await addExpired(database, rows)
    await database.query(`SELECT graphile_worker.add_job('purge-expired', '{}', job_key := $1)`, [JOB])
    const begin = performance.now()
    await untilJob(database, 'began')
    for (;;) {
      const load = await measure('while rows are purged')
      if (!(await isUnderWay(database))) break
      during.push(load)
      if (during.length >= rounds) break
    }
    await untilJob(database, 'ended')
    const took = (performance.now() - begin) / 1000
    for (let round = 0; round < rounds; round++) without.push(await measure('afterwards'))
    return { without: middle(without), during: middle(during), rows, seconds: took, loads: during.length }
  })
}

/** Access tokens of many families, all past their end, in no order of time: what a month of use leaves. */
async function addExpired(database: pg.Client, count: number): Promise<void> {
  await database.query(
    `INSERT INTO oidc_artifacts (id_hash, kind, grant_hash, client_id, account_id, scope, payload, expires_at)
     SELECT sha256(n::text::bytea), 'AccessToken', sha256((n / 4)::text::bytea), (SELECT id FROM clients LIMIT 1), '1', 'openid email',
       decode(repeat(md5(n::text), 40), 'hex'), now() - interval '2 hours' - random() * interval '30 days'
     FROM generate_series(1, $1::int) n`,
    [count],
  )
  // What the insertion itself leaves to be done is not what is measured.
  await database.query('VACUUM ANALYZE oidc_artifacts')
  await database.query('CHECKPOINT')
}

async function isUnderWay(database: pg.Client): Promise<boolean> {
  const { rows } = await database.query('SELECT locked_at FROM graphile_worker.jobs WHERE key = $1', [JOB])
  return rows.length > 0
}

async function untilJob(database: pg.Client, what: 'began' | 'ended'): Promise<void> {
  const deadline = performance.now() + LONGEST_MS
  for (;;) {
    const { rows } = await database.query<{ locked_at: Date | null }>('SELECT locked_at FROM graphile_worker.jobs WHERE key = $1', [JOB])
    if (what === 'ended' ? rows.length === 0 : rows.length === 0 || rows[0]?.locked_at) return
    if (performance.now() > deadline) throw new Error(`the purge never ${what}`)
    await sleep(50)
  }
}

/** The middle one, by its p99. @throws Error when there is none: the purge was over before it could be measured. */
function middle(loads: Load[]): Load {
  const sorted = [...loads].sort((a, b) => a.p99 - b.p99)
  const load = sorted[Math.floor((sorted.length - 1) / 2)]
  if (!load) throw new Error('the purge ended before a load did: take fewer seconds')
  return load
}
