import { type LoginRefusal, loginRefusal } from '#lib/domains/index.ts'
import type { ClientSnapshot, SnapshotDomain } from './store/client-snapshot.sql.ts'

export type DomainRefusal = 'not_registered' | LoginRefusal

export type DomainVerdict = { ok: true; domain: SnapshotDomain | null; mode: 'test' | 'live' } | { ok: false; reason: DomainRefusal }

/** What stands in the place of a redirect URI for a log-in that a device began (RFC 8628): it has none, and no domain. */
export const DEVICE_ORIGIN = 'urn:ietf:params:oauth:grant-type:device_code'

/** Whether an authorization may return to this redirect URI of the client, and in which mode it runs. */
export function checkRedirectUri(client: ClientSnapshot, uri: string): DomainVerdict {
  if (uri === DEVICE_ORIGIN && client.grant_types.includes(DEVICE_ORIGIN)) return checkLoginDomain(client, null, uri)
  const registered = client.redirect_uris.find((entry) => entry.kind === 'login' && sameRedirectUri(entry.uri, uri, client))
  if (!registered) return { ok: false, reason: 'not_registered' }
  return checkLoginDomain(client, registered.domain_id, uri)
}

/**
 * The rules of the domain that a log-in runs on; asked at authorization and again at every refresh. A redirect URI without a domain
 * (a native app's scheme) follows the test rules until the client has a verified live domain.
 */
export function checkLoginDomain(client: ClientSnapshot, domainId: string | null, uri: string): DomainVerdict {
  if (domainId === null) return { ok: true, domain: null, mode: client.has_verified_live_domain ? 'live' : 'test' }
  const domain = client.domains.find((entry) => entry.id === domainId)
  if (!domain) return { ok: false, reason: 'not_registered' }
  const reason = loginRefusal({ ...domain, allowLogin: domain.allow_login }, uri.startsWith('https://'))
  return reason === null ? { ok: true, domain, mode: domain.mode } : { ok: false, reason }
}

/** Whether the library and RFC 8252 should see a native app: registered as one, or with a redirect URI of its own scheme. */
export function isNative(client: ClientSnapshot): boolean {
  return client.application_type === 'native' || client.redirect_uris.some(({ kind, uri }) => kind === 'login' && !/^https?:/i.test(uri))
}

/** Character by character; the one exception is the port of a native client's loopback address (RFC 8252 §7.3). */
function sameRedirectUri(registered: string, asked: string, client: ClientSnapshot): boolean {
  if (registered === asked) return true
  if (!isNative(client)) return false
  const pattern = /^(http:\/\/(?:127\.0\.0\.1|\[::1\]|localhost))(?::\d{1,5})?([/?].*)?$/
  const [a, b] = [pattern.exec(registered), pattern.exec(asked)]
  return a !== null && b !== null && a[1] === b[1] && (a[2] ?? '') === (b[2] ?? '')
}
