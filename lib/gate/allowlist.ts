import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { singleton } from '#lib/registry.ts'

type Range = [ipaddr.IPv4 | ipaddr.IPv6, number]

/** Parsed lists by their text: they say nothing of who has them, so they cannot be out of date. */
const MAX_PARSED = 1000

/** Whether `ip` is in one of the CIDRs (canonical form). An IPv4-mapped IPv6 address is its IPv4; what is no address is in none. */
export function allowlistHas(cidrs: readonly string[], ip: string | null): boolean {
  const text = ip?.split('%')[0] ?? ''
  if (isIP(text) === 0) return false
  const address = ipaddr.process(text)
  return rangesOf(cidrs).some(([base, bits]) => base.kind() === address.kind() && address.match([base, bits] as never))
}

function rangesOf(cidrs: readonly string[]): Range[] {
  const parsed = singleton('gate.allowlists', () => new Map<string, Range[]>())
  const key = cidrs.join(' ')
  const known = parsed.get(key)
  if (known) return known
  // What cannot be read lets nobody in.
  const ranges = cidrs.filter((cidr) => ipaddr.isValidCIDR(cidr)).map((cidr) => ipaddr.parseCIDR(cidr))
  if (parsed.size >= MAX_PARSED) parsed.clear()
  parsed.set(key, ranges)
  return ranges
}
