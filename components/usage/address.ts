import type { Range } from '#lib/usage/index.ts'
import { dateIn } from '#lib/usage/index.ts'
import { withQuery } from '#lib/web/query.ts'

/** Where a usage page lives: `/usage` or `/clients/ID/usage`, and the team in its address, if any. */
export type UsageAddress = { path: string; team?: string | undefined }

/** The address of a usage page with this query. */
export function usageHref({ path, team }: UsageAddress, query: Record<string, string | undefined>): string {
  return withQuery(path, { team, ...query })
}

/** The range as the address has it. */
export function rangeQuery(range: Range): Record<string, string | undefined> {
  return range.key === 'custom' ? { range: 'custom', from: firstDay(range), to: lastDay(range) } : { range: range.key }
}

/** The first day of a range, in its zone. */
export function firstDay({ from, zone }: Range): string {
  return dateIn(zone, from)
}

/** The last day of a range, in its zone. */
export function lastDay({ to, zone }: Range): string {
  return dateIn(zone, new Date(to.getTime() - 1))
}
