import pg from 'pg'
import { closeDatabase, setDatabaseUrl } from '#lib/db.ts'
import { parseEnv } from '#lib/env.ts'
import { setSingleton } from '#lib/registry.ts'
import { rebuildUsage } from '#lib/usage/index.ts'

const DAYS = 30
const DAY_MS = 86_400_000

export type Many = { rows: number; clients: number; people: number }

/** How many connections fill at once: as many as a small machine has cores. */
const LANES = 2

/**
 * Fills the request log with rows of the last 30 days, for one team of many clients: the hardest case for a team's page. Set-based, a day's table before
 * it gets its indexes and becomes a partition, and counted by the rebuild, which is timed. Clients are used unevenly, one domain each; a fifth of the
 * rows are log-ins and tokens of people. Give the team a plan that keeps rows so long, or the purge takes them.
 */
export async function fillRequestLog(url: string, teamId: string, many: Many, say: (line: string) => void): Promise<void> {
  const database = new pg.Pool({ connectionString: url, max: LANES, options: '-c synchronous_commit=off -c maintenance_work_mem=256MB' })
  try {
    await makeClients(database, teamId, many.clients)
    const [today, began] = [utcDay(new Date()), performance.now()]
    const days = Array.from({ length: DAYS }, (_, ago) => new Date(today.getTime() - ago * DAY_MS))
    await inLanes(days, async (day) => {
      await fillDay(database, day, teamId, many)
      say(`${day.toISOString().slice(0, 10)} is full, ${since(began)} after the beginning`)
    })
    await countAnew(url, days, say)
    for (const table of ['minutes', 'hours', 'source_hours', 'source_days', 'kind_hours', 'kind_days', 'user_hours', 'user_days']) {
      await database.query(`VACUUM ANALYZE usage_${table}`)
    }
    await database.query('CHECKPOINT')
  } finally {
    await database.end()
  }
}

async function makeClients(database: pg.Pool, teamId: string, clients: number): Promise<void> {
  await database.query(
    `INSERT INTO clients (id, team_id, name, grant_types, token_endpoint_auth_method, updated_at, created_at, last_used_at)
     SELECT 'cl_many' || n, $1, 'Client ' || n, '{}', 'client_secret_basic', now(), now() - interval '90 days' + n * interval '1 minute', now()
     FROM generate_series(0, $2::int - 1) n`,
    [teamId, clients],
  )
  await database.query(
    `INSERT INTO domains (id, client_id, host, mode, is_primary, verification_token, updated_at)
     SELECT 'dom_' || id, id, lower(id) || '.example.com', 'live', true, id, now() FROM clients WHERE id LIKE 'cl\\_many%'`,
  )
  await database.query('VACUUM ANALYZE clients, domains')
}

async function fillDay(database: pg.Pool, day: Date, teamId: string, { rows, clients, people }: Many): Promise<void> {
  const [from, to] = [day, new Date(day.getTime() + DAY_MS)].map((date) => date.toISOString())
  const name = `request_logs_${from?.slice(0, 10).replaceAll('-', '')}`
  // The server has made those of yesterday, today and the days to come.
  const { rows: found } = await database.query<{ there: boolean }>('SELECT to_regclass($1) IS NOT NULL AS there', [name])
  const there = found[0]?.there
  if (!there) await database.query(`CREATE TABLE ${name} (LIKE request_logs INCLUDING DEFAULTS INCLUDING STORAGE)`)
  await database.query(ROWS.replace('%', name), [from, Math.round(rows / DAYS), teamId, clients, people])
  if (!there) await database.query(`ALTER TABLE request_logs ATTACH PARTITION ${name} FOR VALUES FROM ('${from}') TO ('${to}')`)
  await database.query(`VACUUM ANALYZE ${name}`)
}

async function countAnew(url: string, days: readonly Date[], say: (line: string) => void): Promise<void> {
  setSingleton('env', parseEnv({ DATABASE_URL: url, APP_SECRET: 'x'.repeat(32), NODE_ENV: 'production', LOG_LEVEL: 'warn' }))
  setDatabaseUrl(url)
  const began = performance.now()
  let counted = 0
  await inLanes(days, async (date) => {
    const day = date.toISOString().slice(0, 10)
    const { rows } = await rebuildUsage({ from: day, to: day })
    counted += rows
  })
  say(`counted ${counted.toLocaleString('en')} rows anew in ${since(began)}`)
  await closeDatabase()
}

/** Does `work` for each, a few at a time. */
async function inLanes<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items]
  const lane = async () => {
    for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) await work(item)
  }
  await Promise.all(Array.from({ length: LANES }, lane))
}

function utcDay(date: Date): Date {
  return new Date(Math.floor(date.getTime() / DAY_MS) * DAY_MS)
}

function since(began: number): string {
  return `${((performance.now() - began) / 1000).toFixed(0)} s`
}

/** One day: $1 its date, $2 how many, $3 team, $4 clients, $5 people. */
const ROWS = `
INSERT INTO % (at, request_id, team_id, client_id, domain_id, account_id, mode, method, path, endpoint, status, decision, ip, user_agent, host, duration_ms)
SELECT $1::timestamptz + n * (interval '1 day' / $2), 'req_' || substr(md5(n::text || $1), 1, 20), $3, 'cl_many' || c, 'dom_cl_many' || c,
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
