import { isIP, isIPv4, isIPv6 } from 'node:net'
import { domainToASCII } from 'node:url'
import ipaddr from 'ipaddr.js'
import { getPublicSuffix } from 'tldts'

/** Why a text is not the host of a domain. Pages translate by it. */
export type HostProblem =
  | 'host_required'
  | 'host_scheme'
  | 'host_userinfo'
  | 'host_path'
  | 'host_port'
  | 'host_space'
  | 'host_wildcard'
  | 'host_public_suffix'
  | 'host_invalid'

/** English texts for {@link HostProblem}; pages have their own. */
export const HOST_PROBLEMS: Record<HostProblem, string> = {
  host_required: 'Enter a host name such as app.example.com',
  host_scheme: 'Enter the host name only, without https://',
  host_userinfo: 'A host name has no user name: remove everything up to the @',
  host_path: 'Enter the host name only, without a path',
  host_port: 'Enter the host name without a port: a domain covers all ports',
  host_space: 'A host name has no spaces',
  host_wildcard: 'Wildcards are not supported: add each host name',
  host_public_suffix: 'This is a public suffix, shared by many sites: enter a host name below it',
  host_invalid: 'This is not a host name',
}

const LABEL = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/

/**
 * The one form in which hosts are stored and compared: lower case, no trailing dot, IDN as punycode (UTS 46), IPv6 in its short form
 * without brackets. Null when the text is not a host name (scheme, port, path, user, space, wildcard). Public suffixes pass.
 */
export function normalizeHost(text: string): string | null {
  const result = parseForm(text)
  return 'host' in result ? result.host : null
}

/** {@link normalizeHost} for adding a domain: says what is wrong, and refuses public suffixes. `local`: see {@link isLocalHost}. */
export function parseHost(text: string): { host: string; local: boolean } | { problem: HostProblem } {
  const result = parseForm(text.trim())
  if ('problem' in result) return result
  const { host } = result
  const local = isLocalHost(host)
  if (!local && isIP(host) === 0 && getPublicSuffix(host, { allowPrivateDomains: true }) === host) return { problem: 'host_public_suffix' }
  return { host, local }
}

/** Whether a normalized host means this machine or a private network: `localhost`, below it (RFC 6761 §6.3), or a private address. */
export function isLocalHost(host: string): boolean {
  if (host === 'localhost' || host.endsWith('.localhost')) return true
  return isIP(host) !== 0 && ['loopback', 'private', 'uniqueLocal', 'linkLocal', 'carrierGradeNat'].includes(ipaddr.process(host).range())
}

/** `HOST[:test|live]` of a command. A text after the last colon that is neither stays part of the host, which then is refused. */
export function splitHostMode(text: string): { host: string; mode: 'test' | 'live' } {
  const match = /^(.*):(test|live)$/i.exec(text.trim())
  return match ? { host: match[1] ?? '', mode: (match[2] ?? '').toLowerCase() as 'test' | 'live' } : { host: text.trim(), mode: 'test' }
}

const PLAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/

/** A host in its stored form already, as nearly every request names it: nothing below would change it. */
function isPlain(text: string): boolean {
  return text.length <= 253 && PLAIN.test(text) && !text.includes('xn--')
}

function parseForm(text: string): { host: string } | { problem: HostProblem } {
  if (isPlain(text)) return { host: text }
  const refuse = (problem: HostProblem) => ({ problem })
  if (text === '') return refuse('host_required')
  if (text.length > 1000 || /[\p{Cc}\p{Cf}]/u.test(text)) return refuse('host_invalid')
  if (/\s/.test(text)) return refuse('host_space')
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return refuse('host_scheme')
  if (text.includes('@')) return refuse('host_userinfo')
  if (/[/\\?#]/.test(text)) return refuse('host_path')
  if (text.includes('*')) return refuse('host_wildcard')
  const address = /^\[(.*)\]$/.exec(text)?.[1] ?? text
  if (isIPv6(address) && !address.includes('%')) return { host: ipaddr.process(address).toString() }
  if (/:\d*$/.test(text)) return refuse('host_port')
  // domainToASCII would decode percent signs and read odd numbers as addresses: neither is how a host name is written.
  if (/[%:[\]]/.test(text)) return refuse('host_invalid')
  const host = domainToASCII(text.replace(/[.。．｡]$/u, ''))
  // Node's own test: ipaddr.js throws and catches for every host that is no address, which costs more than all else here.
  if (isIPv4(host)) return host === text.replace(/\.$/, '') ? { host } : refuse('host_invalid')
  if (host.length === 0 || host.length > 253 || !host.split('.').every((label) => LABEL.test(label))) return refuse('host_invalid')
  return { host }
}
