import pg from 'pg'
import { setDatabaseUrl } from '#lib/db.ts'
import { parseEnv } from '#lib/env.ts'
import { setSingleton } from '#lib/registry.ts'
import { rebuildUsage } from '#lib/usage/index.ts'

const DAYS = 30

export type Many = { rows: number; clients: number; people: number }

/**
 * Fills the request log with rows of the last 30 days, for one team of many clients: the hardest case for a team's page. Set-based, into the
 * partitions themselves, and counted by the rebuild, which is timed. Clients are used unevenly, one domain each; a fifth of the rows are
 * log-ins and tokens of people.
 */
export async function fillRequestLog(
  url: string,
  teamId: string,
  { rows, clients, people }: Many,
  say: (line: string) => void,
): Promise<void> {
  const database = new pg.Client({ connectionString: url })
  await database.connect()
  try {
    await database.query('SET synchronous_commit = off')
    await database.query(
      `INSERT INTO clients (id, team_id, name, grant_types, token_endpoint_auth_method, updated_at, created_at)
       SELECT 'cl_many' || n, $1, 'Client ' || n, '{}', 'client_secret_basic', now(), now() - interval '90 days' FROM generate_series(0, $2::int - 1) n`,
      [teamId, clients],
    )
    await database.query(
      `INSERT INTO domains (id, client_id, host, mode, is_primary, verification_token, updated_at)
       SELECT 'dom_' || id, id, lower(id) || '.example.com', 'live', true, id, now() FROM clients WHERE id LIKE 'cl\\_many%'`,
    )
    for (let ago = DAYS - 1; ago >= 0; ago--) {
      const began = performance.now()
      const { rows: made } = await database.query<{ day: string }>(
        `SELECT to_char((now() AT TIME ZONE 'UTC')::date - $1::int, 'YYYYMMDD') AS day, create_request_logs_partition((now() AT TIME ZONE 'UTC')::date - $1::int)`,
        [ago],
      )
      const day = made[0]?.day ?? ''
      await database.query(ROWS.replace('%', day), [`${day}Z`, Math.round(rows / DAYS), teamId, clients, people])
      await database.query(`VACUUM ANALYZE request_logs_${day}`)
      say(`day ${DAYS - ago} of ${DAYS}: ${((performance.now() - began) / 1000).toFixed(1)} s`)
    }
    const began = performance.now()
    setSingleton('env', parseEnv({ DATABASE_URL: url, APP_SECRET: 'x'.repeat(32), NODE_ENV: 'production', LOG_LEVEL: 'warn' }))
    setDatabaseUrl(url)
    const { rows: counted } = await rebuildUsage({})
    say(`counted ${counted.toLocaleString('en')} rows anew in ${((performance.now() - began) / 1000).toFixed(0)} s`)
    for (const table of ['minutes', 'hours', 'source_hours', 'source_days', 'kind_hours', 'kind_days', 'user_hours', 'user_days']) {
      await database.query(`VACUUM ANALYZE usage_${table}`)
    }
  } finally {
    await database.end()
  }
}

/** One day: $1 its date, $2 how many, $3 team, $4 clients, $5 people. */
const ROWS = `
INSERT INTO request_logs_% (id, at, request_id, team_id, client_id, domain_id, account_id, mode, method, path, endpoint, status, decision, ip, user_agent, host, duration_ms)
SELECT gen_random_uuid(), $1::timestamptz + n * (interval '1 day' / $2), 'req_' || substr(md5(n::text || $1), 1, 20), $3, 'cl_many' || c, 'dom_cl_many' || c,
  CASE WHEN k < 20 THEN (100000000000000 + floor(p * $5))::text END,
  CASE WHEN c % 9 = 0 THEN 'test' ELSE 'live' END::mode,
  CASE WHEN k < 20 THEN 'GET' ELSE 'POST' END,
  CASE WHEN k < 20 THEN '/oidc/token' ELSE '/api/get/user/info' END,
  (ARRAY['login','token:authorization_code','token:refresh_token','userinfo','POST get/user/info','GET v1/whoami','POST user/address','GET v1/users','POST global/countries','POST get/user/address'])[CASE WHEN k < 20 THEN k / 5 ELSE 4 + k % 6 END + 1],
  CASE WHEN r < 0.93 THEN 200 WHEN r < 0.995 THEN 403 ELSE 500 END,
  CASE WHEN r < 0.93 THEN 'ok' WHEN r < 0.995 THEN (ARRAY['ip_not_allowed','domain_not_allowed','rate_limited','mode_mismatch','browser_refused','invalid_credentials'])[1 + k % 6] ELSE 'internal_error' END,
  '203.0.113.' || (k * 2), 'curl/8', 'example.com', 1 + 20 * r * r / (0.01 + p)
FROM (SELECT n, floor($4 * power(random(), 2))::int AS c, floor(100 * random())::int AS k, random() AS r, random() AS p FROM generate_series(0, $2::int - 1) n) g
WHERE $1::timestamptz + n * (interval '1 day' / $2) < now()`
