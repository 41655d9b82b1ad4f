import { hitWindow, peekWindow } from '#lib/limits/index.ts'
import type { CountingCheck } from '../check.ts'
import { rateLimitHeaders } from '../rate-limit-headers.ts'

const SECONDS = 60

/** The plan's requests per minute, for each client and mode: a fixed window that begins with its first request. */
export const rateLimited: CountingCheck = {
  code: 'rate_limited',
  async run({ snapshot, mode, input: { dryRun } }) {
    const limit = snapshot.per_minute as number
    const hit = await (dryRun ? peekWindow : hitWindow)({ key: `gate:minute:${snapshot.client_id}:${mode}`, limit, seconds: SECONDS })
    const secondsLeft = Math.max(1, Math.ceil(hit.msLeft / 1000))
    const headers = rateLimitHeaders({ limit, remaining: hit.remaining, seconds: SECONDS, secondsLeft })
    const [expected, received] = [`at most ${limit} a minute`, hit.allowed ? `number ${hit.count}` : 'more']
    if (hit.allowed) return { ok: true, headers, expected, received }
    const message = `Over the plan’s ${limit} requests per minute. Try again in ${secondsLeft} seconds.`
    return { ok: false, headers, message, expected, received, retryAfter: secondsLeft }
  },
}
