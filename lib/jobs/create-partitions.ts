import { pool } from '#lib/db.ts'

const DAYS_AHEAD = 7

/** Makes the request log's partitions of today (UTC) and the next seven days. Does nothing for those that exist. */
export async function createPartitions(): Promise<void> {
  await pool().query(
    `SELECT create_request_logs_partition((now() AT TIME ZONE 'UTC')::date + day) FROM generate_series(0, $1::int) AS day`,
    [DAYS_AHEAD],
  )
}
