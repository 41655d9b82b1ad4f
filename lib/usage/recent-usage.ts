import type { Ctx } from '#lib/context.ts'
import { authorize, authorizeClient } from '#lib/teams/index.ts'
import { type Percentiles, percentiles } from './latency.ts'
import { type HourRow, readClientHours, readClientTotals, readDenials, readHistogram } from './recent.sql.ts'

const HOUR_MS = 3_600_000
const HOURS = 24

/** A client's last 24 hours: the 24 whole hours up to the end of the present one. */
export type RecentUsage = {
  requests: number
  /** Refused or failed. */
  failed: number
  /** `failed` of `requests`, 0 to 1; null without requests. */
  errorShare: number | null
  /** Requests by hour, the oldest first; always 24. */
  hours: number[]
}

/**
 * The last 24 hours of each client of a team that the actor may see, by client id; a client without requests is not in it. A page
 * of a list asks for its own `clientIds` only. Needs `usage.read`.
 * @throws AppError unauthenticated, not_found, permission_denied
 */
export async function recentUsageOfClients(
  { ctx, input }: { ctx: Ctx; input: { teamId: string; clientIds?: readonly string[] } },
  now = new Date(),
): Promise<Map<string, RecentUsage>> {
  const { clientIds } = await authorize(ctx, { teamId: input.teamId, permission: 'usage.read' })
  const from = firstHour(now)
  const asked = input.clientIds?.filter((id) => clientIds === null || clientIds.includes(id)) ?? clientIds
  const byClient = await readClientHours(input.teamId, from, asked)
  return new Map([...byClient].map(([clientId, rows]) => [clientId, summed(rows, from)]))
}

/**
 * How many requests each client of a team had in the last 24 hours, as far as the actor may see it: what a list is sorted by. Needs `usage.read`.
 * @throws AppError unauthenticated, not_found, permission_denied
 */
export async function recentRequestsOfClients(
  { ctx, input }: { ctx: Ctx; input: { teamId: string } },
  now = new Date(),
): Promise<Map<string, number>> {
  const { clientIds } = await authorize(ctx, { teamId: input.teamId, permission: 'usage.read' })
  return readClientTotals(input.teamId, firstHour(now), clientIds)
}

export type RecentUsageOfClient = RecentUsage & {
  /** In milliseconds; null without requests. */
  latency: Percentiles | null
  /** Refusals and failures by cause, the most frequent first. `lastAt` is the minute of the last of them. */
  denials: { decision: string; requests: number; lastAt: Date }[]
}

/**
 * The last 24 hours of one client. Needs `usage.read`.
 * @throws AppError unauthenticated, not_found, permission_denied
 */
export async function recentUsageOfClient(
  { ctx, input }: { ctx: Ctx; input: { clientId: string } },
  now = new Date(),
): Promise<RecentUsageOfClient> {
  const { client } = await authorizeClient(ctx, { clientId: input.clientId, permission: 'usage.read' })
  const from = firstHour(now)
  const [rows, histogram, denials] = await Promise.all([
    readClientHours(client.teamId, from, [client.id]),
    readHistogram(client.teamId, client.id, from),
    readDenials(client.teamId, client.id, from),
  ])
  return {
    ...summed(rows.get(client.id) ?? [], from),
    latency: percentiles(histogram),
    denials: denials.map(({ decision, requests, last_at }) => ({ decision, requests, lastAt: last_at })),
  }
}

function firstHour(now: Date): Date {
  return new Date((Math.floor(now.getTime() / HOUR_MS) - HOURS + 1) * HOUR_MS)
}

function summed(rows: HourRow[], from: Date): RecentUsage {
  const hours = new Array<number>(HOURS).fill(0)
  let [requests, failed] = [0, 0]
  for (const row of rows) {
    // A clock that was set back may have left rows in hours to come.
    const index = Math.min((row.at.getTime() - from.getTime()) / HOUR_MS, HOURS - 1)
    hours[index] = (hours[index] ?? 0) + row.requests
    requests += row.requests
    failed += row.failed
  }
  return { requests, failed, errorShare: requests > 0 ? failed / requests : null, hours }
}
