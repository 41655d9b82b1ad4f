/** Upper bounds of the latency buckets in milliseconds; the last bucket has none. The migration's `request_latency_bucket` has the same. */
export const LATENCY_BOUNDS_MS = [1, 2, 3, 5, 8, 12, 20, 35, 60, 100, 200, 400, 800, 2_000, 5_000] as const

/** How many buckets a histogram has. */
export const LATENCY_BUCKETS = LATENCY_BOUNDS_MS.length + 1

/** Names of the buckets' columns, in order. */
export const LATENCY_COLUMNS = Array.from({ length: LATENCY_BUCKETS }, (_, index) => `l${String(index + 1).padStart(2, '0')}`)

export type Percentiles = { p50: number; p95: number; p99: number }

/**
 * The time in milliseconds that a share `q` of the requests stayed within, told from a histogram: somewhere within the bucket where it
 * falls, as if that bucket were evenly filled. What took longer than the last bound counts as that bound. Null without requests.
 */
function percentile(histogram: readonly number[], q: number): number | null {
  const total = histogram.reduce((sum, count) => sum + count, 0)
  if (total === 0) return null
  let before = 0
  for (const [index, count] of histogram.entries()) {
    if (count > 0 && before + count >= total * q) {
      const low = LATENCY_BOUNDS_MS[index - 1] ?? 0
      const high = LATENCY_BOUNDS_MS[index] ?? low
      return low + (high - low) * ((total * q - before) / count)
    }
    before += count
  }
  return LATENCY_BOUNDS_MS.at(-1) as number
}

/** The three that pages show; null without requests. */
export function percentiles(histogram: readonly number[]): Percentiles | null {
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((q) => percentile(histogram, q))
  return p50 == null || p95 == null || p99 == null ? null : { p50, p95, p99 }
}
