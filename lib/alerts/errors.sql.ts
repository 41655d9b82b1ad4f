import { pool } from '#lib/db.ts'

// Devices that wait for their person ask every few seconds and are refused each time (RFC 8628 §3.5): nothing failed there. They are
// told from failures in the log itself, of the few clients with many.
const MANY_ERRORS = `
SELECT m.client_id, (m.requests - w.waiting)::int AS requests, (m.failed - w.waiting)::int AS failed
FROM (
  SELECT client_id, sum(requests) AS requests, sum(failed) AS failed FROM usage_source_hours
  WHERE at = date_trunc('hour', $1::timestamptz, 'UTC') - interval '1 hour' AND client_id <> ''
  GROUP BY client_id HAVING sum(requests) >= $2 AND sum(failed) * 100 > sum(requests) * $3::int
) m
CROSS JOIN LATERAL (
  SELECT count(*) AS waiting FROM request_logs l
  WHERE l.client_id = m.client_id AND l.team_id IS NOT NULL AND l.decision IN ('authorization_pending', 'slow_down')
    AND l.at >= date_trunc('hour', $1::timestamptz, 'UTC') - interval '1 hour' AND l.at < date_trunc('hour', $1::timestamptz, 'UTC')
) w
WHERE m.requests - w.waiting >= $2 AND (m.failed - w.waiting) * 100 > (m.requests - w.waiting) * $3::int
ORDER BY m.failed - w.waiting DESC, m.client_id LIMIT $4`

export type ManyErrors = { clientId: string; requests: number; failed: number }

/**
 * Clients with at least `least` requests in the last whole UTC hour before `now`, of which more than `percent` % failed; most failures first.
 * Devices that poll while their person logs in count as neither.
 */
export async function findManyErrors(now: Date, least: number, percent: number, limit: number): Promise<ManyErrors[]> {
  const { rows } = await pool().query<{ client_id: string; requests: number; failed: number }>(MANY_ERRORS, [now, least, percent, limit])
  return rows.map(({ client_id, requests, failed }) => ({ clientId: client_id, requests, failed }))
}
