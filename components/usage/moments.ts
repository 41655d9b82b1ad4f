import type { getFormatter } from 'next-intl/server'
import type { Range, UsageBucket } from '#lib/usage/index.ts'

type Format = Awaited<ReturnType<typeof getFormatter>>

const LABELS = 6

/** When a bucket is, in words. */
export function momentOf(format: Format, { zone, step }: Range, { from }: UsageBucket): string {
  const day = { weekday: 'short', day: 'numeric', month: 'short' } as const
  if (step === 'day' || step === 'week') return format.dateTime(from, { ...day, timeZone: zone })
  return format.dateTime(from, { ...(step === 'minute' ? {} : day), hour: 'numeric', minute: '2-digit', timeZone: zone })
}

/** The labels below a chart: each at the beginning of an equal part of it. */
export function axisMoments(format: Format, range: Range, buckets: readonly UsageBucket[]): string[] {
  const parts = [LABELS, 5, 4, 3, 2].find((count) => buckets.length % count === 0) ?? (buckets.length > 1 ? 1 : 1)
  const options =
    range.step === 'minute' || range.step === 'hour'
      ? ({ hour: 'numeric', minute: '2-digit', timeZone: range.zone } as const)
      : ({ day: 'numeric', month: 'short', timeZone: range.zone } as const)
  return Array.from({ length: parts }, (_, part) => {
    const bucket = buckets[(part * buckets.length) / parts] as UsageBucket
    return format.dateTime(bucket.from, options)
  })
}
