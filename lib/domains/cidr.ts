import ipaddr from 'ipaddr.js'

const MAPPED_BITS = 96

/**
 * The canonical form of an address or CIDR: host bits cleared, IPv6 in short form, IPv4-mapped IPv6 as its IPv4, an address as a /32
 * or /128. Null when it is neither; forms that programs read differently (octal, hex, short IPv4, zone ids) are refused.
 */
export function canonicalCidr(text: string): string | null {
  const [address = '', bits, ...rest] = text.trim().split('/')
  if (rest.length > 0 || (bits !== undefined && !/^(0|[1-9]\d{0,2})$/.test(bits))) return null
  const plain =
    ipaddr.IPv4.isValidFourPartDecimal(address) || (address.includes(':') && !address.includes('%') && ipaddr.IPv6.isValid(address))
  if (!plain) return null

  const parsed = ipaddr.parse(address)
  let prefix = bits === undefined ? parsed.toByteArray().length * 8 : Number(bits)
  if (prefix > parsed.toByteArray().length * 8) return null
  if (parsed instanceof ipaddr.IPv6 && parsed.isIPv4MappedAddress() && prefix >= MAPPED_BITS) {
    prefix -= MAPPED_BITS
    return `${ipaddr.IPv4.networkAddressFromCIDR(`${parsed.toIPv4Address()}/${prefix}`)}/${prefix}`
  }
  const family = parsed instanceof ipaddr.IPv6 ? ipaddr.IPv6 : ipaddr.IPv4
  return `${family.networkAddressFromCIDR(`${parsed}/${prefix}`)}/${prefix}`
}
