import { pool } from '#lib/db.ts'

const DAYS_AHEAD = 7

/**
 * Makes the request log's partitions of today (UTC), the next seven days and, when asked, of days before. Does nothing for those that exist. Rows that
 * came before their partition are in the default one, and move.
 */
export async function createPartitions({ daysBack = 0 } = {}): Promise<void> {
  await pool().query(
    `SELECT create_request_logs_partition((now() AT TIME ZONE 'UTC')::date + day) FROM generate_series($1::int, $2::int) AS day`,
    [-daysBack, DAYS_AHEAD],
  )
}
