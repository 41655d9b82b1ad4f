import { after } from '#lib/awaitable.ts'
import { hitWindow, peekWindow, type WindowHit } from '#lib/limits/index.ts'
import type { CountingCheck, Outcome } from '../check.ts'
import { rateLimitHeaders } from '../rate-limit-headers.ts'

const SECONDS = 60

/** The plan's requests per minute, for each client and mode: a fixed window that begins with its first request. */
export const rateLimited: CountingCheck = {
  code: 'rate_limited',
  run({ snapshot, mode, input: { dryRun } }) {
    const limit = snapshot.per_minute as number
    const look = dryRun ? peekWindow : hitWindow
    return after(look({ key: `gate:minute:${snapshot.client_id}:${mode}`, limit, seconds: SECONDS }), judge)
  },
}

function judge({ allowed, count, limit, remaining, msLeft }: WindowHit): Outcome & { headers: Record<string, string> } {
  const secondsLeft = Math.max(1, Math.ceil(msLeft / 1000))
  const headers = rateLimitHeaders({ limit, remaining, seconds: SECONDS, secondsLeft })
  const expected = `at most ${limit} a minute`
  if (allowed) return { ok: true, headers, expected, received: `number ${count}` }
  const message = `Over the plan’s ${limit} requests per minute. Try again in ${secondsLeft} seconds.`
  return { ok: false, headers, message, expected, received: 'more', retryAfter: secondsLeft }
}
