import type { Ctx } from '#lib/context.ts'
import { authorize, authorizeClient } from '#lib/teams/index.ts'
import { LATENCY_BUCKETS, type Percentiles, percentiles } from './latency.ts'
import { clientNames, domainHosts } from './names.ts'
import { countPeople } from './people.ts'
import { type Range, type RangeInput, usageRange } from './range.ts'
import {
  type Measures,
  readActiveClients,
  readKinds,
  readSeries,
  readSources,
  readTotals,
  type Scope,
  type SourceRow,
  type Window,
} from './usage.sql.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** Clients and domains that a page needs; a team may have thousands, which a file has. */
const MOST = { page: 20, file: 50_000 }
/** As long as lib/usage keeps who was active: hours, and days. */
const PEOPLE_BY_HOUR_MS = 8 * DAY_MS
const PEOPLE_BY_DAY_MS = 62 * DAY_MS

export type UsageTotals = Omit<Measures, 'histogram'> & {
  /** `failed` of `requests`, 0 to 1; null without requests. */
  errorShare: number | null
  latency: Percentiles | null
  /** Different people; null where the range goes further back than that is kept. */
  people: number | null
}

export type UsageBucket = UsageTotals & { from: Date; to: Date }

export type UsageShare = { id: string; name: string; requests: number; failed: number }

export type UsageReport = {
  range: Range
  totals: UsageTotals
  /** The same of the time before; null when there was nothing. */
  previous: UsageTotals | null
  buckets: UsageBucket[]
  /** Why requests were refused or failed, by code. */
  causes: UsageShare[]
  endpoints: UsageShare[]
  modes: UsageShare[]
  domains: UsageShare[]
  /** Empty in a report of one client. */
  clients: UsageShare[]
}

/**
 * How a team, or one of its clients, was used in a range: in total, compared with the time before, bucket by bucket, and by what. A member
 * who may see some clients only gets those. `forFile`: with every client and domain, not only the most used. Needs `usage.read`.
 * @throws AppError unauthenticated, not_found, permission_denied
 */
export async function usageReport(
  { ctx, input }: { ctx: Ctx; input: RangeInput & ({ teamId: string } | { clientId: string }) & { forFile?: boolean } },
  now = new Date(),
): Promise<UsageReport> {
  const scope = await scopeOf(ctx, input)
  const range = usageRange(input, now)
  const minutes = range.step === 'minute'
  const most = input.forFile ? MOST.file : MOST.page
  const sources = minutes ? { ...scope, clientIds: await readActiveClients(scope, range) } : scope
  const around = minutes ? wholeHours(range) : range
  const [rows, before, kinds, { domains, clients }, people, peopleBefore] = await Promise.all([
    readSeries(sources, range.starts, range.to, minutes),
    minutes ? readMinutes(scope, range.previous) : readTotals(scope, range.previous),
    readKinds(scope, around),
    readSources(scope, around, most),
    peopleOf(scope, range.starts, range, now),
    peopleOf(scope, [range.previous.from], range.previous, now),
  ])
  const byBucket = new Map(rows.map((row) => [row.bucket, row]))
  const buckets = range.starts.map((from, index) => {
    const counted = people && !minutes ? (people.get(index) ?? 0) : null
    return { from, to: range.starts[index + 1] ?? range.to, ...totalsOf(byBucket.get(index) ?? NOTHING, counted) }
  })
  const shares = (kind: string) => kinds.filter((row) => row.kind === kind).map((row) => ({ ...row, id: row.name }))
  return {
    range,
    totals: totalsOf(rows.reduce(added, NOTHING), people?.get(null) ?? (people ? 0 : null)),
    previous: before && totalsOf(before, peopleBefore ? (peopleBefore.get(null) ?? 0) : null),
    buckets,
    causes: shares('decision').filter(({ id }) => id !== 'ok'),
    endpoints: shares('endpoint'),
    modes: shares('mode'),
    domains: named(domains, await domainHosts(domains)),
    clients: 'teamId' in input ? named(clients, await clientNames(clients)) : [],
  }
}

async function scopeOf(ctx: Ctx, input: { teamId: string } | { clientId: string }): Promise<Scope> {
  if ('clientId' in input) {
    const { client } = await authorizeClient(ctx, { clientId: input.clientId, permission: 'usage.read' })
    return { teamId: client.teamId, clientIds: [client.id] }
  }
  const { clientIds } = await authorize(ctx, { teamId: input.teamId, permission: 'usage.read' })
  return { teamId: input.teamId, clientIds }
}

async function readMinutes(scope: Scope, window: Window): Promise<Measures | null> {
  const clientIds = await readActiveClients(scope, window)
  return (await readSeries({ ...scope, clientIds }, [window.from], window.to, true))[0] ?? null
}

/** What is kept by the hour, for a range in minutes: the hours that it touches. */
function wholeHours({ from, to }: Window): Window {
  return { from: new Date(Math.floor(from.getTime() / HOUR_MS) * HOUR_MS), to }
}

async function peopleOf(scope: Scope, starts: Date[], { from, to }: Window, now: Date): Promise<Map<number | null, number> | null> {
  const age = now.getTime() - from.getTime()
  if (age > PEOPLE_BY_DAY_MS) return null
  const hourly = age <= PEOPLE_BY_HOUR_MS
  const grain = hourly ? HOUR_MS : DAY_MS
  return countPeople(scope, starts, { from: new Date(Math.floor(from.getTime() / grain) * grain), to }, hourly)
}

const NOTHING: Measures = { requests: 0, failed: 0, refused: 0, logins: 0, tokens: 0, histogram: new Array(LATENCY_BUCKETS).fill(0) }

function added(sum: Measures, row: Measures): Measures {
  return {
    requests: sum.requests + row.requests,
    failed: sum.failed + row.failed,
    refused: sum.refused + row.refused,
    logins: sum.logins + row.logins,
    tokens: sum.tokens + row.tokens,
    histogram: sum.histogram.map((count, index) => count + (row.histogram[index] ?? 0)),
  }
}

function totalsOf({ requests, failed, refused, logins, tokens, histogram }: Measures, people: number | null): UsageTotals {
  const errorShare = requests > 0 ? failed / requests : null
  return { requests, failed, refused, logins, tokens, errorShare, latency: percentiles(histogram), people }
}

function named(rows: SourceRow[], names: Map<string, string>): UsageShare[] {
  return rows.map((row) => ({ ...row, name: names.get(row.id) ?? row.id }))
}
