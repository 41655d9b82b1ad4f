import { lookup, Resolver } from 'node:dns/promises'
import ipaddr from 'ipaddr.js'
import { singleton } from '#lib/registry.ts'

/** What domains need of the network; tests put their own under `domains.network`. */
export type Network = {
  /** The TXT records of a name, each in one piece. @throws Error with the code of node:dns, also when there are none */
  txt(name: string): Promise<string[]>
  /** All addresses of a host. @throws Error with the code of node:dns */
  addresses(host: string): Promise<{ address: string; family: number }[]>
  mayReach(address: string): boolean
  port: number
  /** Trusted besides the system's: for tests. */
  ca?: string
}

/** The network as this process has it: the system's resolver, port 443, and public addresses only. */
export function network(): Network {
  return singleton('domains.network', () => ({
    txt: async (name) => (await new Resolver({ timeout: 2000, tries: 2 }).resolveTxt(name)).map((parts) => parts.join('')),
    addresses: (host) => lookup(host, { all: true, order: 'verbatim' }),
    mayReach: isPublicAddress,
    port: 443,
  }))
}

const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3')

/**
 * Whether an address is one of the public internet's: not this machine's, not a private network's, not a reserved or a translated one
 * (NAT64, 6to4, Teredo), through which a private IPv4 address could be meant. IPv4-mapped IPv6 counts as its IPv4.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  if (parsed.range() !== 'unicast') return false
  return parsed instanceof ipaddr.IPv4 || parsed.match(GLOBAL_UNICAST)
}
