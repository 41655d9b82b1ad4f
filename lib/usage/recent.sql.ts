import { pool } from '#lib/db.ts'
import { LATENCY_COLUMNS } from './latency.ts'

// The last hours of clients, from the rollups: what lists and overviews show.

export type HourRow = { at: Date; requests: number; failed: number }
type ClientHours = { client_id: string; hours: [at: number, requests: number, failed: number][] }

/** Requests of a team's clients by hour since `from`, one row a client; of `clientIds` only, when given. */
export async function readClientHours(teamId: string, from: Date, clientIds: readonly string[] | null): Promise<Map<string, HourRow[]>> {
  const { rows } = await pool().query<ClientHours>({
    // Two statements: a plan that fits both would read every client's hours for a page of some.
    name: clientIds ? 'usage_hours_of_clients' : 'usage_client_hours',
    text: `SELECT client_id, json_agg(json_build_array(extract(epoch FROM at)::bigint, requests, failed)) AS hours FROM usage_source_hours
      WHERE team_id = $1 AND at >= $2 AND client_id <> '' ${clientIds ? 'AND client_id = ANY($3)' : ''} GROUP BY client_id`,
    values: clientIds ? [teamId, from, clientIds] : [teamId, from],
  })
  const hourOf = ([at, requests, failed]: ClientHours['hours'][number]): HourRow => ({ at: new Date(at * 1000), requests, failed })
  return new Map(rows.map(({ client_id, hours }) => [client_id, hours.map(hourOf)]))
}

/** Requests since `from` of each client of a team that had any; of `clientIds` only, when given. */
export async function readClientTotals(teamId: string, from: Date, clientIds: readonly string[] | null): Promise<Map<string, number>> {
  const { rows } = await pool().query<{ client_id: string; requests: number }>({
    name: clientIds ? 'usage_totals_of_clients' : 'usage_client_totals',
    text: `SELECT client_id, sum(requests)::int AS requests FROM usage_source_hours
      WHERE team_id = $1 AND at >= $2 AND client_id <> '' ${clientIds ? 'AND client_id = ANY($3)' : ''} GROUP BY client_id`,
    values: clientIds ? [teamId, from, clientIds] : [teamId, from],
  })
  return new Map(rows.map((row) => [row.client_id, row.requests]))
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

export type DenialRow = { decision: string; requests: number; last_at: Date }

/**
 * Refused requests of a client since `from` by cause, the most frequent first. `last_at` is the minute of the last of them, from the last hour that
 * had any; its hour, where minutes were not counted.
 */
export async function readDenials(teamId: string, clientId: string, from: Date): Promise<DenialRow[]> {
  const { rows } = await pool().query<DenialRow>({
    name: 'usage_denials',
    text: `SELECT h.decision, h.requests, coalesce(m.last_at, h.last_hour) AS last_at
      FROM (SELECT decision, sum(requests)::int AS requests, max(at) AS last_hour FROM usage_hours
        WHERE team_id = $1 AND client_id = $2 AND at >= $3 AND decision <> 'ok' GROUP BY decision) h
      LEFT JOIN LATERAL (SELECT max(at) AS last_at FROM usage_minutes
        WHERE team_id = $1 AND client_id = $2 AND at >= h.last_hour AND at < h.last_hour + interval '1 hour' AND decision = h.decision) m ON true
      ORDER BY 2 DESC, 1`,
    values: [teamId, clientId, from],
  })
  return rows
}
