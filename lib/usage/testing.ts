import { pool } from '#lib/db.ts'
import { newRequestId } from '#lib/ids.ts'
import type { RequestRow } from '#lib/requests/index.ts'

/** A request that passed, for tests; `changes` on top. */
export function requestRow(changes: Partial<RequestRow> = {}): RequestRow {
  return {
    requestId: newRequestId(),
    at: new Date(),
    teamId: 'tm_1',
    clientId: 'cl_1',
    domainId: null,
    secretId: null,
    accountId: null,
    mode: 'live',
    method: 'GET',
    path: '/api/v1/whoami',
    endpoint: 'GET v1/whoami',
    status: 200,
    decision: 'ok',
    ip: '203.0.113.7',
    userAgent: 'curl/8',
    host: 'app.example.com',
    durationMs: 1.5,
    checks: null,
    detail: null,
    ...changes,
  }
}

// The rollups as they are, and as a plain count over the raw rows says that they should be: written on its own, so that a mistake in the
// trigger shows. For tests.

const DETAIL = `coalesce(team_id, '') AS team_id, CASE WHEN team_id IS NULL THEN '' ELSE coalesce(client_id, '') END AS client_id`
const DOMAIN = `CASE WHEN team_id IS NULL THEN '' ELSE coalesce(domain_id, '') END AS domain_id`
const KIND = `coalesce(endpoint, '') AS endpoint, coalesce(mode::text, '') AS mode, (status / 100)::smallint AS status_class, decision`
const LATENCY = [0, 1, 2, 3, 5, 8, 12, 20, 35, 60, 100, 200, 400, 800, 2000, 5000]
  .map((low, n, all) => {
    const below = all[n + 1] === undefined ? '' : ` AND duration_ms < ${all[n + 1]}`
    return `count(*) FILTER (WHERE duration_ms >= ${low}${below})::int AS l${String(n + 1).padStart(2, '0')}`
  })
  .join(', ')
const COUNT = `count(*)::int AS requests, ${LATENCY}`
const OUTCOME = `count(*) FILTER (WHERE decision <> 'ok' OR status >= 400)::int AS failed, count(*) FILTER (WHERE decision <> 'ok' AND status < 500)::int AS refused,
  count(*) FILTER (WHERE decision = 'ok' AND endpoint IN ('login', 'POST sign-token-verify'))::int AS logins,
  count(*) FILTER (WHERE decision = 'ok' AND starts_with(endpoint, 'token:'))::int AS tokens`
const at = (grain: string) => `date_trunc('${grain}', at, 'UTC') AS at`
const PEOPLE = `team_id IS NOT NULL AND decision = 'ok' AND account_id IS NOT NULL`

/** What each rollup should hold. */
const EXPECTED: Record<string, string> = {
  usage_minutes: `SELECT ${DETAIL}, ${at('minute')}, ${DOMAIN}, ${KIND}, ${COUNT} FROM request_logs GROUP BY 1, 2, 3, 4, 5, 6, 7, 8`,
  usage_hours: `SELECT ${DETAIL}, ${at('hour')}, ${DOMAIN}, ${KIND}, ${COUNT} FROM request_logs GROUP BY 1, 2, 3, 4, 5, 6, 7, 8`,
  usage_source_hours: `SELECT ${DETAIL}, ${at('hour')}, ${DOMAIN}, ${OUTCOME}, ${COUNT} FROM request_logs GROUP BY 1, 2, 3, 4`,
  usage_source_days: `SELECT ${DETAIL}, ${at('day')}, ${DOMAIN}, ${OUTCOME}, ${COUNT} FROM request_logs GROUP BY 1, 2, 3, 4`,
  usage_kind_hours: `SELECT coalesce(team_id, '') AS team_id, ${at('hour')}, ${KIND}, ${COUNT} FROM request_logs GROUP BY 1, 2, 3, 4, 5, 6`,
  usage_kind_days: `SELECT coalesce(team_id, '') AS team_id, ${at('day')}, ${KIND}, ${COUNT} FROM request_logs GROUP BY 1, 2, 3, 4, 5, 6`,
  usage_user_hours: `SELECT DISTINCT team_id, coalesce(client_id, ''), ${at('hour')}, account_id::bigint FROM request_logs WHERE ${PEOPLE}`,
  usage_user_days: `SELECT DISTINCT team_id, coalesce(client_id, ''), ${at('day')}, account_id::bigint FROM request_logs WHERE ${PEOPLE}`,
}

/** How many rows of each rollup differ from a count over the raw rows: too many, too few, or with other numbers. All 0: they are equal. */
export async function rollupDifferences(query = (sql: string) => pool().query<{ n: number }>(sql)): Promise<Record<string, number>> {
  const differences: Record<string, number> = {}
  for (const [table, expected] of Object.entries(EXPECTED)) {
    const { rows } = await query(
      `WITH expected AS (${expected})
       SELECT ((SELECT count(*) FROM (TABLE expected EXCEPT TABLE ${table}) a) + (SELECT count(*) FROM (TABLE ${table} EXCEPT TABLE expected) b))::int AS n`,
    )
    differences[table] = rows[0]?.n ?? -1
  }
  return differences
}

/** No difference in any rollup. */
export const EQUAL: Record<string, number> = Object.fromEntries(Object.keys(EXPECTED).map((table) => [table, 0]))
