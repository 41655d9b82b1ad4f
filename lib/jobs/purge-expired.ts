import { setTimeout as sleep } from 'node:timers/promises'
import { pool } from '#lib/db.ts'

/** Rows a statement deletes: short locks, and a stop in between loses nothing. */
const BATCH = 500
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

type Batch = { count: number; last: string | null }

/**
 * Deletes what is past use, in small batches with rests between them, so that requests hardly notice however much there is. Answers how
 * many rows of each table went. `signal` stops between batches.
 */
export async function purgeExpired({ signal }: { signal?: AbortSignal | undefined } = {}): Promise<Purged> {
  const purged: Purged = {}
  for (const source of SOURCES) {
    if (signal?.aborted) break
    purged[source.table] = (purged[source.table] ?? 0) + (await purgeSource(source, signal))
  }
  return purged
}

async function purgeSource({ table, column, type, before }: Source, signal: AbortSignal | undefined): Promise<number> {
  // The names are constants of this file. Oldest first and from where the last batch ended: an index still holds what was just deleted, and
  // a batch would walk over all of it. ctid is the row's place: the cheapest way to delete what was found.
  const statement = `WITH gone AS (
      DELETE FROM ${table} WHERE ctid = ANY(ARRAY(
        SELECT ctid FROM ${table} WHERE ${column} < ${before} AND ${column} >= $1::${type} ORDER BY ${column} LIMIT ${BATCH}
      )) RETURNING ${column} AS at
    ) SELECT count(*)::int AS count, max(at)::text AS last FROM gone`
  let from = type === 'bigint' ? '0' : '-infinity'
  let total = 0
  while (!signal?.aborted) {
    const begin = performance.now()
    const { rows } = await pool().query<Batch>(statement, [from])
    const { count, last } = rows[0] as Batch
    total += count
    if (last === null || count < BATCH) break
    from = last
    await sleep(Math.min(LONGEST_REST_MS, (performance.now() - begin) * REST))
  }
  return total
}
