import { authorizeOperator } from '#lib/authorize-operator.ts'
import type { Ctx } from '#lib/context.ts'
import { db, pool } from '#lib/db.ts'

export type Installation = {
  /** Of the last 24 hours; `failed` are answers from 400 on. */
  traffic: { requests: number; failed: number }
  counts: { users: number; teams: number; clients: number; restricted: number }
  /** Bytes, and connections of everybody. */
  database: { bytes: number; connections: number; migrations: number }
  jobs: { waiting: number; failed: number; failing: { task: string; attempts: number; error: string; since: string }[] }
  keptMails: number
}

const SHOWN = 10
/** An error of a job may be long; what it says at its beginning is the cause. */
const ERROR_LENGTH = 200

type Totals = { requests: number; failed: number; bytes: string; connections: number; migrations: number }
type Jobs = { waiting: number; failed: number }
type Failing = { task: string; attempts: number; error: string; since: Date }

/** The installation at this moment. For operators. @throws AppError unauthenticated, not_found */
export async function getInstallation({ ctx }: { ctx: Ctx }): Promise<Installation> {
  authorizeOperator(ctx)
  const [totals, jobs, users, teams, clients, restricted, keptMails] = await Promise.all([
    readTotals(),
    readJobs(),
    db().user.count(),
    db().team.count(),
    db().client.count({ where: { deletedAt: null } }),
    db().client.count({ where: { deletedAt: null, restrictedAt: { not: null } } }),
    db().mail.count({ where: { kept: true, content: { not: null } } }),
  ])
  const { requests, failed, bytes, connections, migrations } = totals
  return {
    traffic: { requests, failed },
    counts: { users, teams, clients, restricted },
    database: { bytes: Number(bytes), connections, migrations },
    jobs,
    keptMails,
  }
}

async function readTotals(): Promise<Totals> {
  const { rows } = await pool().query<Totals>(
    `SELECT coalesce(sum(requests), 0)::int AS requests, coalesce(sum(failed), 0)::int AS failed,
       pg_database_size(current_database()) AS bytes, (SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database()) AS connections,
       (SELECT count(*)::int FROM _prisma_migrations WHERE finished_at IS NOT NULL) AS migrations
     FROM usage_source_hours WHERE at >= date_trunc('hour', now(), 'UTC') - interval '23 hours'`,
  )
  return rows[0] as Totals
}

/** The queue makes its own tables at its first start. */
async function readJobs(): Promise<Installation['jobs']> {
  const { rows: found } = await pool().query<{ there: boolean }>(`SELECT to_regclass('graphile_worker._private_jobs') IS NOT NULL AS there`)
  if (!found[0]?.there) return { waiting: 0, failed: 0, failing: [] }
  const { rows: counts } = await pool().query<Jobs>(
    `SELECT count(*) FILTER (WHERE attempts < max_attempts)::int AS waiting, count(*) FILTER (WHERE attempts >= max_attempts)::int AS failed
     FROM graphile_worker._private_jobs`,
  )
  const { rows } = await pool().query<Failing>(
    `SELECT t.identifier AS task, j.attempts, left(j.last_error, $2) AS error, j.updated_at AS since
     FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
     WHERE j.last_error IS NOT NULL ORDER BY j.updated_at DESC LIMIT $1`,
    [SHOWN, ERROR_LENGTH],
  )
  return { ...(counts[0] as Jobs), failing: rows.map((row) => ({ ...row, since: row.since.toISOString() })) }
}
