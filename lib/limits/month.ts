import { Batcher } from '#lib/batch.ts'
import { singleton } from '#lib/registry.ts'
import { type MonthAsk, readMonth, takeMonths } from './months.sql.ts'

type Ask = { team: string; month: string; quota: number }

export type MonthHit = {
  allowed: boolean
  /** Until the next UTC calendar month. */
  msLeft: number
}

/**
 * Counts one live request of a team in the UTC calendar month of `now`, unless its `quota` is used up: then nothing is counted. Exactly
 * `quota` requests get through, over all processes. Always in PostgreSQL. @throws pg errors when it is away
 */
export async function takeLiveRequest(team: string, quota: number, now: Date): Promise<MonthHit> {
  const granted = await batcher().add({ team, quota, month: firstDay(now) })
  return { allowed: granted, msLeft: untilNextMonth(now) }
}

/** What {@link takeLiveRequest} would answer, without counting. */
export async function peekLiveRequest(team: string, quota: number, now: Date): Promise<MonthHit> {
  return { allowed: (await monthUsage(team, now)) < quota, msLeft: untilNextMonth(now) }
}

/** How many live requests a team made in the UTC calendar month of `now`. */
export function monthUsage(team: string, now: Date): Promise<number> {
  return readMonth(team, firstDay(now))
}

function batcher(): Batcher<Ask, boolean> {
  return singleton('limits.months', () => new Batcher<Ask, boolean>(takeAll, { concurrency: 1, size: 1000 }))
}

async function takeAll(asks: Ask[]): Promise<boolean[]> {
  const sums = new Map<string, MonthAsk>()
  for (const { team, month, quota } of asks) {
    const id = `${team} ${month} ${quota}`
    sums.set(id, { team, month, quota, asked: (sums.get(id)?.asked ?? 0) + 1 })
  }
  const sorted = [...sums].sort(([a], [b]) => (a < b ? -1 : 1))
  const granted = await takeMonths(sorted.map(([, ask]) => ask))
  const left = new Map(sorted.map(([id], index) => [id, granted[index] as number]))
  // First come, first served.
  return asks.map(({ team, month, quota }) => {
    const id = `${team} ${month} ${quota}`
    const rest = left.get(id) as number
    left.set(id, rest - 1)
    return rest > 0
  })
}

function untilNextMonth(now: Date): number {
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1) - now.getTime()
}

function firstDay(now: Date): string {
  return `${now.getUTCFullYear()}-${String(now.getUTCMonth() + 1).padStart(2, '0')}-01`
}
