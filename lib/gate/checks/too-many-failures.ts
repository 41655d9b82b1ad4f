import { isIPv6 } from 'node:net'
import ipaddr from 'ipaddr.js'
import { hitWindow, peekWindow } from '#lib/limits/index.ts'
import { type ProofCheck, passed } from '../check.ts'

/** Wrong credentials from one address within a minute; from the last of them on it waits a minute. */
const FAILURES = 30
const SECONDS = 60

/**
 * Stands in place of the next check for addresses that guess. Only failures get here to be counted: a right secret passes from any
 * address at any time, so that nobody can lock out a neighbour, or a client by knowing its id.
 */
export const tooManyFailures: ProofCheck = {
  code: 'too_many_failures',
  async run({ ip, dryRun }, _credentials, snapshot) {
    if (snapshot || ip === null) return passed
    const { allowed, msLeft } = await (dryRun ? peekWindow : hitWindow)({
      key: `gate:failures:${network(ip)}`,
      limit: FAILURES,
      seconds: SECONDS,
      hold: SECONDS,
    })
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
  },
}

/** What one caller has: an IPv4 address, or the /64 of an IPv6 one. */
export function network(ip: string): string {
  if (!isIPv6(ip)) return ip
  const address = ipaddr.IPv6.parse(ip)
  if (address.isIPv4MappedAddress()) return address.toIPv4Address().toString()
  return `${address.parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`
}
