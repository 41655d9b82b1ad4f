import { dayOf, startOfDay } from './zone.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
/** As long as hours are kept; see lib/usage/prune.ts. */
export const LONGEST_DAYS = 395

export const RANGES = ['1h', '24h', '7d', '30d', 'custom'] as const

export type RangeKey = (typeof RANGES)[number]

export type RangeInput = { range?: string | undefined; from?: string | undefined; to?: string | undefined; zone?: string | undefined }

/** What was asked for and cannot be had, so that the page can say so. */
export type RangeNotice = 'too_long' | 'too_old' | 'in_future' | 'not_a_date'

export type Range = {
  key: RangeKey
  zone: string
  from: Date
  /** The end of the last bucket: it may lie ahead. */
  to: Date
  /** Where each bucket begins. */
  starts: Date[]
  step: 'minute' | 'hour' | 'hours' | 'day' | 'week'
  /** As long before, up to the same point: what the range is compared with. */
  previous: { from: Date; to: Date }
  notice: RangeNotice | null
}

/**
 * The range that a page shows: the last hour, 24 hours, 7 or 30 days, or whole days from `from` through `to`. What makes no sense becomes
 * the nearest that does, and `notice` says which way.
 */
export function usageRange({ range, from, to, zone: wanted = 'UTC' }: RangeInput, now: Date): Range {
  const zone = validZone(wanted)
  const key = RANGES.find((known) => known === range) ?? (from || to ? 'custom' : '24h')
  if (key === 'custom') return customRange(zone, from, to, now)
  if (key === '1h') return stepped(key, zone, ceil(now, MINUTE_MS, -60), ceil(now, MINUTE_MS), now, 'minute')
  if (key === '24h') return stepped(key, zone, ceil(now, HOUR_MS, -24), ceil(now, HOUR_MS), now, 'hour')
  const days = key === '7d' ? 7 : 30
  return stepped(key, zone, startOfDay(zone, now, 1 - days), startOfDay(zone, now, 1), now, days === 7 ? 'hours' : 'day')
}

function customRange(zone: string, from = '', to = '', now: Date): Range {
  const tomorrow = startOfDay(zone, now, 1)
  const oldest = startOfDay(zone, now, 1 - LONGEST_DAYS)
  let notice: RangeNotice | null = null
  const last = dayOf(zone, to)
  let end = last ? startOfDay(zone, new Date(last.getTime() + HOUR_MS), 1) : tomorrow
  if (to && !last) notice = 'not_a_date'
  if (end > tomorrow) [end, notice] = [tomorrow, 'in_future']
  if (end <= oldest) [end, notice] = [startOfDay(zone, oldest, 1), 'too_old']
  const first = dayOf(zone, from)
  let begin = first ?? startOfDay(zone, end, -7)
  if (from && !first) notice = 'not_a_date'
  if (begin >= end) begin = startOfDay(zone, new Date(end.getTime() - HOUR_MS))
  if (begin < oldest) [begin, notice] = [oldest, notice === 'too_old' ? notice : tooLong(begin, end) ? 'too_long' : 'too_old']
  const days = Math.round((end.getTime() - begin.getTime()) / DAY_MS)
  const step = days <= 3 ? 'hour' : days <= 10 ? 'hours' : days <= 100 ? 'day' : 'week'
  return { ...stepped('custom', zone, begin, end, now, step), notice }
}

function tooLong(begin: Date, end: Date): boolean {
  return end.getTime() - begin.getTime() > LONGEST_DAYS * DAY_MS
}

function stepped(key: RangeKey, zone: string, from: Date, to: Date, now: Date, step: Range['step']): Range {
  const starts = [from]
  for (let next = after(from, step, zone); next < to; next = after(next, step, zone)) starts.push(next)
  const length = to.getTime() - from.getTime()
  const grain = step === 'minute' ? MINUTE_MS : HOUR_MS
  // Of an unfinished range, the same part of the one before.
  const end = ceil(new Date(Math.min(to.getTime(), now.getTime())), grain)
  const previous = { from: new Date(from.getTime() - length), to: new Date(Math.min(end.getTime(), to.getTime()) - length) }
  return { key, zone, from, to, starts, step, previous, notice: null }
}

function after(start: Date, step: Range['step'], zone: string): Date {
  if (step === 'minute') return new Date(start.getTime() + MINUTE_MS)
  if (step === 'hour') return new Date(start.getTime() + HOUR_MS)
  if (step === 'day' || step === 'week') return startOfDay(zone, new Date(start.getTime() + HOUR_MS), step === 'day' ? 1 : 7)
  // Six hours, and never over the end of a day: the change of summer time makes one of five or seven.
  const [six, midnight] = [start.getTime() + 6 * HOUR_MS, startOfDay(zone, start, 1).getTime()]
  return new Date(midnight - six < 2 * HOUR_MS ? midnight : six)
}

function ceil(at: Date, grain: number, steps = 0): Date {
  return new Date((Math.floor(at.getTime() / grain) + 1 + steps) * grain)
}

function validZone(zone: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return zone
  } catch {
    return 'UTC'
  }
}
