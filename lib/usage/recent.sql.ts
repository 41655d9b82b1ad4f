import { pool } from '#lib/db.ts'
import { LATENCY_COLUMNS } from './latency.ts'

// The last hours of clients, from the rollups: what lists and overviews show.

export type HourRow = { client_id: string; at: Date; requests: number; failed: number }

/** Requests of a team's clients by hour since `from`; of `clientIds` only, when given. */
export async function readClientHours(teamId: string, from: Date, clientIds: readonly string[] | null): Promise<HourRow[]> {
  const { rows } = await pool().query<HourRow>({
    name: 'usage_client_hours',
    text: `SELECT client_id, at, sum(requests)::int AS requests, sum(failed)::int AS failed FROM usage_source_hours
      WHERE team_id = $1 AND at >= $2 AND client_id <> '' AND ($3::text[] IS NULL OR client_id = ANY($3)) GROUP BY client_id, at`,
    values: [teamId, from, clientIds],
  })
  return rows
}

/** How many requests of a client fell into each latency bucket since `from`. */
export async function readHistogram(teamId: string, clientId: string, from: Date): Promise<number[]> {
  const sums = LATENCY_COLUMNS.map((name) => `coalesce(sum(${name}), 0)::int`).join(', ')
  const { rows } = await pool().query<{ histogram: number[] }>({
    name: 'usage_histogram',
    text: `SELECT ARRAY[${sums}] AS histogram FROM usage_source_hours WHERE team_id = $1 AND client_id = $2 AND at >= $3`,
    values: [teamId, clientId, from],
  })
  return rows[0]?.histogram ?? []
}

export type DenialRow = { decision: string; requests: number; last_hour: Date }

/** Refused requests of a client since `from` by cause, the most frequent first. */
export async function readDenials(teamId: string, clientId: string, from: Date): Promise<DenialRow[]> {
  const { rows } = await pool().query<DenialRow>({
    name: 'usage_denials',
    text: `SELECT decision, sum(requests)::int AS requests, max(at) AS last_hour FROM usage_hours
      WHERE team_id = $1 AND client_id = $2 AND at >= $3 AND decision <> 'ok' GROUP BY decision ORDER BY 2 DESC, 1`,
    values: [teamId, clientId, from],
  })
  return rows
}
