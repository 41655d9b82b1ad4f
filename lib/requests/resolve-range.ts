import { DEFAULT_RANGE, REQUEST_RANGES, type RequestFilters } from './schemas.ts'

const LONGEST_MS = 30 * 86_400_000

export type ResolvedRange = {
  since: Date
  /** Null: open, so that rows of a clock that runs ahead are shown too. */
  until: Date | null
  /** `longest`: cut to 30 days; `retention`: cut to what the plan keeps; `reversed`: it ends before it begins. */
  cut: 'longest' | 'retention' | 'reversed' | null
}

/** The stretch of time that filters mean: at most 30 days, and never further back than the plan keeps. */
export function resolveRange(filters: RequestFilters, now: Date, retained: Date): ResolvedRange {
  // A pasted id should find its request, however old.
  if (filters.request !== undefined) return { since: retained, until: null, cut: null }
  const until = filters.to === undefined ? null : new Date(filters.to)
  const end = Math.min((until ?? now).getTime(), now.getTime())
  const length = REQUEST_RANGES[filters.range ?? DEFAULT_RANGE] * 60_000
  const wanted = filters.from === undefined ? end - length : Date.parse(filters.from)
  if (wanted > end && filters.from !== undefined) return { since: new Date(end - length), until, cut: 'reversed' }
  const since = new Date(Math.max(wanted, end - LONGEST_MS, retained.getTime()))
  const cut = since.getTime() === wanted ? null : since > new Date(end - LONGEST_MS) ? 'retention' : 'longest'
  return { since, until, cut }
}
