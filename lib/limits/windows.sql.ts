import { pool } from '#lib/db.ts'
import type { Count } from './store.ts'

// Counted on every request: named prepared statements on the shared pool. The database's clock decides, so that processes whose clocks
// differ still share one window. Keys come sorted, and so no two statements wait for each other's rows.

const NOW = '(extract(epoch FROM clock_timestamp()) * 1000)::bigint'

const HIT = `
INSERT INTO rate_windows AS w (key, points, expire)
SELECT k.key, k.cost, ${NOW} + k.ms FROM unnest($1::text[], $2::int[], $3::bigint[]) AS k(key, cost, ms)
ON CONFLICT (key) DO UPDATE SET
  points = CASE WHEN w.expire <= ${NOW} THEN excluded.points ELSE w.points + excluded.points END,
  expire = CASE WHEN w.expire <= ${NOW} THEN excluded.expire ELSE w.expire END
RETURNING key, points, (expire - ${NOW})::int AS ms_left`

const EXTEND = `UPDATE rate_windows SET expire = ${NOW} + $2::bigint WHERE key = $1`

const PEEK = `SELECT key, points, (expire - ${NOW})::int AS ms_left FROM rate_windows WHERE key = $1 AND expire > ${NOW}`

const PURGE = `DELETE FROM rate_windows WHERE key IN (
  SELECT key FROM rate_windows WHERE expire < ${NOW} ORDER BY key LIMIT 10000 FOR UPDATE SKIP LOCKED)`

export type KeyHit = { key: string; cost: number; ms: number }

type Row = { key: string; points: number; ms_left: number }

/** Counts hits of different keys, which must be sorted, in one statement. */
export async function hitKeys(hits: KeyHit[]): Promise<Map<string, Count>> {
  const values = [hits.map(({ key }) => key), hits.map(({ cost }) => cost), hits.map(({ ms }) => ms)]
  const { rows } = await pool().query<Row>({ name: 'limits_hit', text: HIT, values })
  return new Map(rows.map(({ key, points, ms_left }) => [key, { count: points, msLeft: Math.max(ms_left, 0) }]))
}

/** A window as it stands, uncounted. */
export async function peekKey(key: string): Promise<Count | undefined> {
  const { rows } = await pool().query<Row>({ name: 'limits_peek', text: PEEK, values: [key] })
  return rows[0] && { count: rows[0].points, msLeft: rows[0].ms_left }
}

/** Makes a window last `ms` from now. */
export async function extendKey(key: string, ms: number): Promise<void> {
  await pool().query({ name: 'limits_extend', text: EXTEND, values: [key, ms] })
}

/** Removes windows that are over. Answers how many went. */
export async function purgeKeys(): Promise<number> {
  return (await pool().query({ name: 'limits_purge', text: PURGE })).rowCount ?? 0
}
