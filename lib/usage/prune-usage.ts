import { pool } from '#lib/db.ts'

/** Rows a statement deletes. */
const BATCH = 5_000

/** How long each rollup is kept. Who was active is about people: no longer than a comparison of 30 days needs it. */
const KEPT: readonly [table: string, days: number][] = [
  ['usage_minutes', 8],
  ['usage_user_hours', 9],
  ['usage_user_days', 62],
  ['usage_hours', 396],
  ['usage_source_hours', 396],
  ['usage_source_days', 396],
  ['usage_kind_hours', 396],
  ['usage_kind_days', 396],
]

/** Deletes the rollups that are past their time, in batches. Answers how many rows of each table went. `signal` stops between batches. */
export async function pruneUsage({
  now = new Date(),
  signal,
}: {
  now?: Date
  signal?: AbortSignal | undefined
} = {}): Promise<Record<string, number>> {
  const pruned: Record<string, number> = {}
  for (const [table, days] of KEPT) {
    pruned[table] = 0
    for (;;) {
      const { rowCount } = await pool().query(
        `DELETE FROM ${table} WHERE ctid = ANY(ARRAY(SELECT ctid FROM ${table} WHERE at < $1::timestamptz - $2 * interval '1 day' LIMIT ${BATCH}))`,
        [now, days],
      )
      pruned[table] += rowCount ?? 0
      if ((rowCount ?? 0) < BATCH || signal?.aborted) break
    }
  }
  return pruned
}
