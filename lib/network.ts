import { isIPv6 } from 'node:net'
import ipaddr from 'ipaddr.js'

/** What one caller has: an IPv4 address, or the /64 of an IPv6 one, however it is written. For counting what comes from one place. */
export function networkOf(ip: string): string {
  if (!isIPv6(ip)) return ip
  const address = ipaddr.IPv6.parse(ip)
  if (address.isIPv4MappedAddress()) return address.toIPv4Address().toString()
  return `${address.parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`
}
