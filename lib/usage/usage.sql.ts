import { pool } from '#lib/db.ts'
import { LATENCY_COLUMNS } from './latency.ts'

// Reads the rollups. Each reads the smallest one that knows the answer; the names of tables and columns are constants of this file.

/** Whose requests: a whole team's, or of some of its clients only. */
export type Scope = { teamId: string; clientIds: readonly string[] | null }
export type Window = { from: Date; to: Date }

export type Measures = { requests: number; failed: number; refused: number; logins: number; tokens: number; histogram: number[] }
export type KindRow = { kind: 'endpoint' | 'mode' | 'decision'; name: string; requests: number; failed: number }
export type SourceRow = { id: string; requests: number; failed: number }

const DAY_MS = 86_400_000
const FAILED = `decision <> 'ok' OR status_class >= 4`
const MEASURES = [
  'sum(requests)::int AS requests',
  `coalesce(sum(requests) FILTER (WHERE ${FAILED}), 0)::int AS failed`,
  `coalesce(sum(requests) FILTER (WHERE decision <> 'ok' AND status_class < 5), 0)::int AS refused`,
  `coalesce(sum(requests) FILTER (WHERE decision = 'ok' AND endpoint IN ('login', 'POST sign-token-verify')), 0)::int AS logins`,
  `coalesce(sum(requests) FILTER (WHERE decision = 'ok' AND endpoint LIKE 'token:%'), 0)::int AS tokens`,
  `ARRAY[${LATENCY_COLUMNS.map((name) => `sum(${name})::int`).join(', ')}] AS histogram`,
].join(', ')

/**
 * Rows of a rollup within a window, as a subquery with the parameters $1 team, $2 clients, $3 from, $4 to, and for days $5, $6: the whole
 * UTC days within the window come from the table of days, the hours before and after them from the table of hours.
 */
function rowsOf(table: 'kind' | 'source', scope: Scope, { from, to }: Window): { sql: string; values: unknown[] } {
  const [first, last] = [Math.ceil(from.getTime() / DAY_MS) * DAY_MS, Math.floor(to.getTime() / DAY_MS) * DAY_MS]
  const whose = `team_id = $1 AND ($2::text[] IS NULL${table === 'source' ? ' OR client_id = ANY($2)' : ''})`
  const within = `SELECT * FROM usage_${table}_hours WHERE ${whose} AND at >= $3 AND at < `
  const values = [scope.teamId, scope.clientIds, from, to]
  if (last - first < DAY_MS) return { sql: `(${within} $4) r`, values }
  const days = `SELECT * FROM usage_${table}_days WHERE ${whose} AND at >= $5 AND at < $6`
  const after = `SELECT * FROM usage_${table}_hours WHERE ${whose} AND at >= $6 AND at < $4`
  return { sql: `(${within} $5 UNION ALL ${days} UNION ALL ${after}) r`, values: [...values, new Date(first), new Date(last)] }
}

/** The kinds of requests: of a whole team from its own table, of clients from the one in full detail. */
function kindsOf(scope: Scope, window: Window): { sql: string; values: unknown[] } {
  if (scope.clientIds === null) return rowsOf('kind', scope, window)
  return {
    sql: `(SELECT * FROM usage_hours WHERE team_id = $1 AND client_id = ANY($2) AND at >= $3 AND at < $4) r`,
    values: [scope.teamId, scope.clientIds, window.from, window.to],
  }
}

/** What happened in each bucket; buckets without requests are missing. `minutes`: buckets are shorter than an hour. */
export async function readSeries(scope: Scope, starts: Date[], to: Date, minutes: boolean): Promise<(Measures & { bucket: number })[]> {
  const table = minutes ? 'usage_minutes' : scope.clientIds === null ? wholeDays(starts, to) : 'usage_hours'
  const clients = table.startsWith('usage_kind') ? '$2::text[] IS NULL' : '($2::text[] IS NULL OR client_id = ANY($2))'
  const { rows } = await pool().query<Measures & { bucket: number }>(
    `SELECT width_bucket(at, $3::timestamptz[]) - 1 AS bucket, ${MEASURES} FROM ${table}
     WHERE team_id = $1 AND ${clients} AND at >= $4 AND at < $5 GROUP BY 1`,
    [scope.teamId, scope.clientIds, starts, starts[0], to],
  )
  return rows
}

function wholeDays(starts: Date[], to: Date): string {
  return [...starts, to].every((at) => at.getTime() % DAY_MS === 0) ? 'usage_kind_days' : 'usage_kind_hours'
}

/** The clients of a scope that had requests in a window, for what is known by client only. */
export async function readActiveClients({ teamId, clientIds }: Scope, { from, to }: Window): Promise<string[]> {
  const { rows } = await pool().query<{ client_id: string }>(
    `SELECT DISTINCT client_id FROM usage_source_hours
     WHERE team_id = $1 AND at >= date_trunc('hour', $2::timestamptz, 'UTC') AND at < $3 AND ($4::text[] IS NULL OR client_id = ANY($4))`,
    [teamId, from, to, clientIds],
  )
  return rows.map(({ client_id }) => client_id)
}

/** All of a window together, in hours; null without requests. */
export async function readTotals(scope: Scope, window: Window): Promise<Measures | null> {
  const { sql, values } = kindsOf(scope, window)
  const { rows } = await pool().query<Measures>(`SELECT ${MEASURES} FROM ${sql} HAVING count(*) > 0`, values)
  return rows[0] ?? null
}

/** Requests by endpoint, by mode and by decision, the most frequent first. */
export async function readKinds(scope: Scope, window: Window): Promise<KindRow[]> {
  const { sql, values } = kindsOf(scope, window)
  const { rows } = await pool().query<KindRow>(
    `SELECT CASE grouping(endpoint, mode, decision) WHEN 3 THEN 'endpoint' WHEN 5 THEN 'mode' ELSE 'decision' END AS kind,
       coalesce(endpoint, mode, decision) AS name, sum(requests)::int AS requests,
       coalesce(sum(requests) FILTER (WHERE failed), 0)::int AS failed
     FROM (SELECT endpoint, mode, decision, requests, (${FAILED}) AS failed FROM ${sql}) k
     GROUP BY GROUPING SETS (endpoint, mode, decision) ORDER BY requests DESC, name`,
    values,
  )
  return rows
}

/** Requests by client and by domain, of each the `limit` most frequent first. Read once for both: adding up a week of a thousand clients is what takes long. */
export async function readSources(scope: Scope, window: Window, limit: number): Promise<{ clients: SourceRow[]; domains: SourceRow[] }> {
  const { sql, values } = rowsOf('source', scope, window)
  const most = (by: string) => `(SELECT '${by}' AS by, ${by} AS id, sum(requests)::int AS requests, sum(failed)::int AS failed
     FROM pairs WHERE ${by} <> '' GROUP BY ${by} ORDER BY 3 DESC, 2 LIMIT $${values.length + 1})`
  const { rows } = await pool().query<SourceRow & { by: string }>(
    `WITH pairs AS MATERIALIZED (SELECT client_id, domain_id, sum(requests) AS requests, sum(failed) AS failed FROM ${sql} GROUP BY 1, 2)
     ${most('client_id')} UNION ALL ${most('domain_id')}`,
    [...values, limit],
  )
  const of = (wanted: string) => rows.filter(({ by }) => by === wanted).map(({ id, requests, failed }) => ({ id, requests, failed }))
  return { clients: of('client_id'), domains: of('domain_id') }
}

/**
 * Different people in a window, together (bucket null) and by bucket. Hours are told apart for days only; beyond, a person counts on the
 * UTC day. Made distinct before it is counted: that is done by hashing, where count(DISTINCT) would sort.
 */
export async function readPeople(scope: Scope, starts: Date[], { from, to }: Window, hourly: boolean): Promise<Map<number | null, number>> {
  const { rows } = await pool().query<{ bucket: number | null; people: number }>(
    `WITH seen AS MATERIALIZED (
       SELECT DISTINCT width_bucket(at, $3::timestamptz[]) - 1 AS bucket, sub FROM usage_user_${hourly ? 'hours' : 'days'}
       WHERE team_id = $1 AND ($2::text[] IS NULL OR client_id = ANY($2)) AND at >= $4 AND at < $5)
     SELECT bucket, count(*)::int AS people FROM seen GROUP BY bucket
     UNION ALL SELECT NULL, count(*)::int FROM (SELECT DISTINCT sub FROM seen) people`,
    [scope.teamId, scope.clientIds, starts, from, to],
  )
  return new Map(rows.map(({ bucket, people }) => [bucket, people]))
}

/** Live API requests that passed, of a whole team, since `from`: what fills the month. */
export async function readLivePasses(teamId: string, from: Date): Promise<{ requests: number; first: Date | null }> {
  const { rows } = await pool().query<{ requests: number; first: Date | null }>(
    `SELECT coalesce(sum(requests), 0)::int AS requests, min(at) AS first FROM usage_kind_hours
     WHERE team_id = $1 AND at >= $2 AND mode = 'live' AND decision = 'ok' AND endpoint ~ '^(GET|POST|PUT|PATCH|DELETE) '`,
    [teamId, from],
  )
  return rows[0] as { requests: number; first: Date | null }
}
