import ipaddr from 'ipaddr.js'
import { isLocalHost, normalizeHost } from '#lib/domains/index.ts'
import { outgoingNetwork } from './network.ts'

export type OutgoingUriProblem = 'uri_invalid' | 'uri_https' | 'uri_fragment' | 'uri_userinfo' | 'uri_private'

const MAX_LENGTH = 2000

/**
 * What is wrong with an address that we are to send requests to, or null. Names are resolved when they are used, not here: what they
 * point to may change.
 */
export function checkOutgoingUri(value: string): OutgoingUriProblem | null {
  const uri = value.length <= MAX_LENGTH && !/[\s\p{Cc}\p{Cs}]/u.test(value) ? URL.parse(value) : null
  if (!uri || !/^https?:$/.test(uri.protocol) || !uri.hostname) return 'uri_invalid'
  if (value.includes('#')) return 'uri_fragment'
  if (uri.username || uri.password) return 'uri_userinfo'
  const { allowsPrivate, mayReach } = outgoingNetwork()
  if (allowsPrivate) return null
  const host = uri.hostname.replace(/^\[|\]$/g, '')
  if (ipaddr.isValid(host) ? !mayReach(host) : isLocalHost(normalizeHost(host) ?? host)) return 'uri_private'
  return uri.protocol === 'https:' ? null : 'uri_https'
}
