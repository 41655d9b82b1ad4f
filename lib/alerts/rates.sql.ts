import { pool } from '#lib/db.ts'

export const SLOT_MS = 5 * 60_000
const SLOT = `interval '5 minutes'`
const ORIGIN = `timestamptz '2000-01-01'`

// Sorted, so that two processes that add to the same clients do not wait for each other in a circle.
const ADD = `
INSERT INTO client_rates AS r (client_id, slot, requests)
SELECT k.client, k.slot, k.requests FROM unnest($1::text[], $2::timestamptz[], $3::int[]) AS k(client, slot, requests) ORDER BY 1, 2
ON CONFLICT (client_id, slot) DO UPDATE SET requests = r.requests + excluded.requests`

/**
 * The busier of the running and the last slot, against the average of the slots of the week before it. A client that began less than
 * an hour ago has no usual rate yet.
 */
const UNUSUAL = `
WITH recent AS (
  SELECT client_id, max(requests) AS requests FROM client_rates
  WHERE slot >= date_bin(${SLOT}, $1::timestamptz, ${ORIGIN}) - ${SLOT} AND slot <= $1::timestamptz GROUP BY client_id HAVING max(requests) >= $2
)
SELECT c.client_id, c.requests, u.usual
FROM recent c
CROSS JOIN LATERAL (
  SELECT sum(r.requests) / (extract(epoch FROM date_bin(${SLOT}, $1::timestamptz, ${ORIGIN}) - ${SLOT} - min(r.slot)) / 300) AS usual, min(r.slot) AS since
  FROM client_rates r
  WHERE r.client_id = c.client_id AND r.slot >= $1::timestamptz - interval '7 days' AND r.slot < date_bin(${SLOT}, $1::timestamptz, ${ORIGIN}) - ${SLOT}
) u
WHERE u.since <= $1::timestamptz - interval '1 hour' AND c.requests >= $3 * u.usual`

const PURGE = `DELETE FROM client_rates WHERE slot < $1::timestamptz - interval '8 days'`

export type ClientCount = { clientId: string; slot: Date; requests: number }

/** Adds requests of clients in slots, each pair of them once. */
export async function addRates(counts: ClientCount[]): Promise<void> {
  const values = [counts.map(({ clientId }) => clientId), counts.map(({ slot }) => slot), counts.map(({ requests }) => requests)]
  await pool().query({ name: 'alerts_rates_add', text: ADD, values })
}

export type UnusualRate = { clientId: string; requests: number; usual: number }

/** Clients with at least `least` requests in five minutes around `now`, and `times` as many as usual. */
export async function findUnusual(now: Date, least: number, times: number): Promise<UnusualRate[]> {
  const { rows } = await pool().query<{ client_id: string; requests: number; usual: string }>(UNUSUAL, [now, least, times])
  return rows.map(({ client_id, requests, usual }) => ({ clientId: client_id, requests, usual: Number(usual) }))
}

/** Removes what no average reaches back to. */
export async function purgeRates(now: Date): Promise<void> {
  await pool().query(PURGE, [now])
}
