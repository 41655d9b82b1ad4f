import type { getFormatter } from 'next-intl/server'
import type { Range, UsageBucket } from '#lib/usage/index.ts'
import type { Moment } from '../charts/chart.tsx'

type Format = Awaited<ReturnType<typeof getFormatter>>

const LABELS = 6

/** When a bucket is, in words. */
export function momentOf(format: Format, { zone, step }: Range, { from }: UsageBucket): string {
  const day = { weekday: 'short', day: 'numeric', month: 'short' } as const
  if (step === 'day' || step === 'week') return format.dateTime(from, { ...day, timeZone: zone })
  return format.dateTime(from, { ...(step === 'minute' ? {} : day), hour: 'numeric', minute: '2-digit', timeZone: zone })
}

/** The labels below a chart, each with how many buckets it has room for. */
export function axisMoments(format: Format, range: Range, buckets: readonly UsageBucket[]): Moment[] {
  const hours = range.step === 'minute' || range.step === 'hour'
  const options = hours ? ({ hour: 'numeric', minute: '2-digit' } as const) : ({ day: 'numeric', month: 'short' } as const)
  const each = Math.ceil(buckets.length / LABELS)
  return buckets
    .filter((_, index) => index % each === 0)
    .map(({ from }, part) => ({
      label: format.dateTime(from, { ...options, timeZone: range.zone }),
      span: Math.min(each, buckets.length - part * each),
    }))
}
