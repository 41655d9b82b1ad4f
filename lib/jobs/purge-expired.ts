import { setTimeout as sleep } from 'node:timers/promises'
import { pool } from '#lib/db.ts'

/** Rows a statement deletes: short locks, and a stop in between loses nothing. */
const BATCH = 500
/** Where more rows than this are past use, the table is gone through page by page. */
const MANY = 10_000
const PAGES = 64
/** After each batch, this many times as long is left to everybody else: a hundred thousand rows wait, people do not. */
const REST = 4
const LONGEST_REST_MS = 1_000

/** `column` (of `type`) past `before` is past use. */
type Source = { table: string; column: string; type: 'timestamptz' | 'bigint'; before: string }

const past = (table: string, column: string, age: string): Source => ({
  table,
  column,
  type: 'timestamptz',
  before: `now() - interval '${age}'`,
})

/** What is past use. Sessions stay 30 days after their end, so that a person can still be told about them. */
const SOURCES: Source[] = [
  past('oidc_artifacts', 'expires_at', '1 hour'),
  past('sessions', 'expires_at', '30 days'),
  past('sessions', 'ended_at', '30 days'),
  past('mailed_codes', 'expires_at', '1 day'),
  past('mails', 'created_at', '30 days'),
  past('invitations', 'expires_at', '30 days'),
  past('invitations', 'closed_at', '30 days'),
  past('sign_tokens', 'expires_at', '1 hour'),
  past('device_polls', 'expires_at', '0'),
  // A session lives 30 days at most.
  past('logout_sessions', 'created_at', '31 days'),
  past('logout_deliveries', 'created_at', '30 days'),
  { table: 'rate_limits', column: 'expire', type: 'bigint', before: `(extract(epoch FROM now() - interval '1 hour') * 1000)::bigint` },
]

export type Purged = Record<string, number>

/**
 * Deletes what is past use, in small batches with rests between them, so that requests hardly notice however much there is. Answers how
 * many rows of each table went. `signal` stops between batches. `many` is for tests.
 */
export async function purgeExpired({ signal, many = MANY }: { signal?: AbortSignal | undefined; many?: number } = {}): Promise<Purged> {
  const purged: Purged = {}
  for (const source of SOURCES) {
    if (signal?.aborted) break
    const batches = (await isMany(source, many)) ? byPage(source) : byAge(source)
    purged[source.table] = (purged[source.table] ?? 0) + (await drain(batches, signal))
  }
  return purged
}

/** Rows of one batch after the other. */
type Batches = AsyncGenerator<number, void>

async function drain(batches: Batches, signal: AbortSignal | undefined): Promise<number> {
  let total = 0
  let begin = performance.now()
  for await (const count of batches) {
    total += count
    if (signal?.aborted) break
    await sleep(Math.min(LONGEST_REST_MS, (performance.now() - begin) * REST))
    begin = performance.now()
  }
  return total
}

// The names in these statements are constants of this file.

async function isMany({ table, column, before }: Source, many: number): Promise<boolean> {
  const { rows } = await pool().query<{ many: boolean }>(
    `SELECT count(*) = ${many} AS many FROM (SELECT 1 FROM ${table} WHERE ${column} < ${before} LIMIT ${many}) found`,
  )
  return rows[0]?.many === true
}

/**
 * A few: oldest first, from where the last batch ended. The index still holds what was just deleted, and a batch from its beginning would walk
 * over all of it. ctid is a row's place: the cheapest way to delete what was found.
 */
async function* byAge({ table, column, type, before }: Source): Batches {
  const statement = `WITH gone AS (
      DELETE FROM ${table} WHERE ctid = ANY(ARRAY(
        SELECT ctid FROM ${table} WHERE ${column} < ${before} AND ${column} >= $1::${type} ORDER BY ${column} LIMIT ${BATCH}
      )) RETURNING ${column} AS at
    ) SELECT count(*)::int AS count, max(at)::text AS last FROM gone`
  let from = type === 'bigint' ? '0' : '-infinity'
  for (;;) {
    const { rows } = await pool().query<{ count: number; last: string | null }>(statement, [from])
    const { count, last } = rows[0] as { count: number; last: string | null }
    yield count
    if (last === null || count < BATCH) return
    from = last
  }
}

/**
 * Many: in the order in which they lie on the disk. By age, each batch may touch as many pages as it deletes rows, and a million rows write
 * each page many times over.
 */
async function* byPage({ table, column, before }: Source): Batches {
  const { rows } = await pool().query<{ pages: number }>(`SELECT (pg_relation_size('${table}') / 8192)::int AS pages`)
  const pages = rows[0]?.pages ?? 0
  for (let page = 0; page < pages; page += PAGES) {
    const { rowCount } = await pool().query(`DELETE FROM ${table} WHERE ctid >= $1::tid AND ctid < $2::tid AND ${column} < ${before}`, [
      `(${page},0)`,
      `(${page + PAGES},0)`,
    ])
    yield rowCount ?? 0
  }
}
