import type { getFormatter } from 'next-intl/server'

type Format = Awaited<ReturnType<typeof getFormatter>>

/** A time as people read it: 3.2 ms, 120 ms, 2.5 s. */
export function milliseconds(format: Format, value: number): string {
  if (value >= 1_000) return `${format.number(value / 1_000, { maximumFractionDigits: 1 })} s`
  return `${format.number(value, { maximumFractionDigits: value < 10 ? 1 : 0 })} ms`
}
