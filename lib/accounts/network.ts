import ipaddr from 'ipaddr.js'

/** What an address alone tells of where somebody is. There is no database of places here, so it is not much. */
export type NetworkKind = 'this_machine' | 'private' | 'public_ipv4' | 'public_ipv6' | 'unknown'

/** The kind of network that an address belongs to. */
export function networkOf(ip: string | null): NetworkKind {
  if (!ip || !ipaddr.isValid(ip)) return 'unknown'
  const address = ipaddr.process(ip)
  const range = address.range()
  if (range === 'loopback') return 'this_machine'
  if (range === 'private' || range === 'uniqueLocal' || range === 'linkLocal' || range === 'carrierGradeNat') return 'private'
  if (range !== 'unicast') return 'unknown'
  return address.kind() === 'ipv4' ? 'public_ipv4' : 'public_ipv6'
}
