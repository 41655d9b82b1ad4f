import { pool } from '#lib/db.ts'

const MANY_ERRORS = `
SELECT client_id, sum(requests)::int AS requests, sum(failed)::int AS failed FROM usage_source_hours
WHERE at = date_trunc('hour', $1::timestamptz, 'UTC') - interval '1 hour' AND client_id <> ''
GROUP BY client_id HAVING sum(requests) >= $2 AND sum(failed) * 100 > sum(requests) * $3::int
ORDER BY sum(failed) DESC, client_id LIMIT $4`

export type ManyErrors = { clientId: string; requests: number; failed: number }

/** Clients with at least `least` requests in the last whole UTC hour before `now`, of which more than `percent` % failed; most failures first. */
export async function findManyErrors(now: Date, least: number, percent: number, limit: number): Promise<ManyErrors[]> {
  const { rows } = await pool().query<{ client_id: string; requests: number; failed: number }>(MANY_ERRORS, [now, least, percent, limit])
  return rows.map(({ client_id, requests, failed }) => ({ clientId: client_id, requests, failed }))
}
