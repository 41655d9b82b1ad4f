import { lookup } from 'node:dns/promises'
import { isPublicAddress } from '#lib/domains/index.ts'
import { env } from '#lib/env.ts'
import { singleton } from '#lib/registry.ts'

/** What outgoing requests need of the network; tests put their own under `outgoing.network`. */
export type OutgoingNetwork = {
  /** All addresses of a host. @throws Error with the code of node:dns */
  addresses(host: string): Promise<{ address: string; family: number }[]>
  mayReach(address: string): boolean
  /** Plain http and hosts without a public name: only where private addresses may be reached at all. */
  allowsPrivate: boolean
  /** Trusted besides the system's: for tests. */
  ca?: string
}

/** The network as this process has it: the system's resolver and, unless the operator opened it, public addresses only. */
export function outgoingNetwork(): OutgoingNetwork {
  return singleton('outgoing.network', () => ({
    addresses: (host) => lookup(host, { all: true, order: 'verbatim' }),
    mayReach: env().ALLOW_PRIVATE_OUTGOING ? () => true : isPublicAddress,
    allowsPrivate: env().ALLOW_PRIVATE_OUTGOING,
  }))
}
