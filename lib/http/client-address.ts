import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import type { TLSSocket } from 'node:tls'
import ipaddr from 'ipaddr.js'

export type ClientAddress = {
  /** Canonical; an IPv4-mapped IPv6 address is its IPv4. Null when the socket is gone. */
  ip: string | null
  /** Whether the person's or server's own connection is TLS, as far as we may believe it. */
  secure: boolean
}

export type CidrList = { contains(ip: string): boolean }

/** Parses CIDRs and single addresses once, for many look-ups. */
export function cidrList(entries: readonly string[]): CidrList {
  const ranges = entries.map((entry) => (entry.includes('/') ? ipaddr.parseCIDR(entry) : single(entry)))
  return {
    contains(ip) {
      if (ranges.length === 0) return false
      const address = ipaddr.process(ip)
      return ranges.some(([base, bits]) => base.kind() === address.kind() && address.match([base, bits] as never))
    },
  }
}

function single(entry: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  const address = ipaddr.process(entry)
  return [address, address.kind() === 'ipv4' ? 32 : 128]
}

/** `value` in canonical form, or null when it is no address. */
export function canonicalIp(value: string | undefined): string | null {
  // Zone ids ("fe80::1%eth0") name an interface of this machine, not the caller.
  const address = value?.split('%')[0] ?? ''
  // Node is strict where ipaddr.js is not: it would read "1.2.3" as 1.2.0.3 and "010.0.0.1" as octal.
  const family = isIP(address)
  // Four decimal parts without leading zeros are canonical already, and nearly every address is such a one.
  if (family === 4) return address
  return family === 0 ? null : ipaddr.process(address).toString()
}

/**
 * Who calls. Forwarding headers count only when the socket's peer is a trusted proxy; then the list is read from the right, past
 * further trusted proxies, because everything left of the first untrusted address is that address's own claim.
 */
export function clientAddress(req: IncomingMessage, trusted: CidrList): ClientAddress {
  const socket = req.socket as Partial<TLSSocket>
  const peer = canonicalIp(req.socket.remoteAddress)
  const direct = { ip: peer, secure: socket.encrypted === true }
  if (!peer || !trusted.contains(peer)) return direct

  const hops = headerList(req.headers['x-forwarded-for'])
  let ip: string = peer
  for (const hop of hops.reverse()) {
    const address = canonicalIp(hop)
    if (!address) break
    ip = address
    if (!trusted.contains(address)) break
  }
  const protocol = headerList(req.headers['x-forwarded-proto']).at(-1)
  return { ip, secure: protocol ? protocol.toLowerCase() === 'https' : direct.secure }
}

function headerList(value: string | string[] | undefined): string[] {
  return (Array.isArray(value) ? value.join(',') : (value ?? ''))
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
}
