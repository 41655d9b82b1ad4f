import { hitWindow, peekWindow } from '#lib/limits/index.ts'
import { networkOf } from '#lib/network.ts'
import { type Outcome, type ProofCheck, passed } from '../check.ts'

/** Wrong credentials from one address within a minute; from the last of them on it waits a minute. */
const FAILURES = 30
const SECONDS = 60

/**
 * Stands in place of the next check for addresses that guess. Only failures get here to be counted: a right secret passes from any
 * address at any time, so that nobody can lock out a neighbour, or a client by knowing its id.
 */
export const tooManyFailures: ProofCheck = {
  code: 'too_many_failures',
  run({ ip, dryRun }, _credentials, snapshot) {
    return snapshot || ip === null ? passed : count(ip, dryRun ? peekWindow : hitWindow)
  },
}

async function count(ip: string, look: typeof hitWindow): Promise<Outcome> {
  const { allowed, msLeft } = await look({ key: `gate:failures:${networkOf(ip)}`, limit: FAILURES, seconds: SECONDS, hold: SECONDS })
  const expected = `at most ${FAILURES} wrong credentials a minute`
  if (allowed) return { ok: true, expected }
  const retryAfter = Math.max(1, Math.ceil(msLeft / 1000))
  return {
    ok: false,
    message: `Too many wrong credentials from your address. Try again in ${retryAfter} seconds.`,
    expected,
    received: 'more',
    retryAfter,
  }
}
