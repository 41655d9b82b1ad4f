import { normalizeHost } from '#lib/domains/index.ts'

/** Why a text is not a redirect URI. Pages translate by it; `http_live` and `domain_unknown` need the client's domains to know. */
export type RedirectUriProblem =
  | 'uri_required'
  | 'uri_too_long'
  | 'uri_characters'
  | 'uri_not_absolute'
  | 'uri_fragment'
  | 'uri_wildcard'
  | 'uri_userinfo'
  | 'uri_scheme_needs_native'
  | 'uri_scheme_not_reverse_dns'
  | 'uri_scheme_path'
  | 'uri_http_native'
  | 'uri_https_loopback_native'
  | 'uri_http_live'
  | 'uri_domain_unknown'
  | 'uri_duplicate'

/** English texts for {@link RedirectUriProblem}; pages have their own. */
export const REDIRECT_URI_PROBLEMS: Record<RedirectUriProblem, string> = {
  uri_required: 'Enter an address such as https://app.example.com/callback',
  uri_too_long: 'At most 2000 characters',
  uri_characters:
    'Only the characters of RFC 3986: no spaces, control or non-ASCII characters, backslashes; percent-encode them, write a host as punycode',
  uri_not_absolute: 'Enter the whole address, beginning with https:// and a host',
  uri_fragment: 'An address with a fragment (#…) cannot be a redirect URI (RFC 6749 §3.1.2)',
  uri_wildcard: 'Wildcards are not supported: add each address',
  uri_userinfo: 'An address with a user name or password (…@) cannot be a redirect URI',
  uri_scheme_needs_native: 'Only https:// and http:// addresses here: a scheme of its own is for native apps',
  uri_scheme_not_reverse_dns:
    'The scheme of a native app is a domain name you control, reversed, such as com.example.app:/callback (RFC 8252 §7.1)',
  uri_scheme_path: 'After the scheme comes one slash, such as com.example.app:/callback (RFC 8252 §7.1)',
  uri_http_native: 'A native app uses http:// only for loopback: http://127.0.0.1/…, http://[::1]/… or http://localhost/…',
  uri_https_loopback_native: 'A native app uses http:// for loopback addresses (RFC 8252 §7.3)',
  uri_http_live: 'A domain in live mode needs https://',
  uri_domain_unknown: 'This client has no such domain: add the domain first',
  uri_duplicate: 'This address is already on the list',
}

const MAX_LENGTH = 2000
/** What RFC 3986 allows in a URI, so that what a browser sends is what was stored. */
const URI_CHARACTERS = /^[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]+$/
const LOOPBACK_ADDRESS = ['127.0.0.1', '::1']

export type ParsedRedirectUri =
  /** On a host that must be one of the client's domains. */
  | { kind: 'web'; host: string; secure: boolean }
  /** A native app's own scheme or loopback address: belongs to no domain. */
  | { kind: 'native' }

/** Reads a redirect URI; it is never changed, since it is compared character by character. */
export function parseRedirectUri(uri: string, { native }: { native: boolean }): ParsedRedirectUri | { problem: RedirectUriProblem } {
  const refuse = (problem: RedirectUriProblem) => ({ problem })
  if (uri === '') return refuse('uri_required')
  if (uri.length > MAX_LENGTH) return refuse('uri_too_long')
  if (!URI_CHARACTERS.test(uri)) return refuse('uri_characters')
  if (uri.includes('#')) return refuse('uri_fragment')
  if (uri.includes('*')) return refuse('uri_wildcard')
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(uri)?.[1]?.toLowerCase()
  if (!scheme) return refuse('uri_not_absolute')
  if (scheme !== 'https' && scheme !== 'http') return parseAppScheme(uri, scheme, native)

  // WHATWG URL would repair "https:example.com" and "https:///example.com"; what needs repair is not absolute.
  const authority = /^https?:\/\/([^/?]+)/i.exec(uri)?.[1]
  if (!authority || !URL.canParse(uri)) return refuse('uri_not_absolute')
  if (authority.includes('@')) return refuse('uri_userinfo')
  const host = normalizeHost(new URL(uri).hostname)
  if (host === null) return refuse('uri_not_absolute')
  const secure = scheme === 'https'
  if (!native) return { kind: 'web', host, secure }
  const loopback = LOOPBACK_ADDRESS.includes(host) || host === 'localhost'
  if (secure && loopback) return refuse('uri_https_loopback_native')
  if (!secure && !loopback) return refuse('uri_http_native')
  return LOOPBACK_ADDRESS.includes(host) ? { kind: 'native' } : { kind: 'web', host, secure }
}

function parseAppScheme(uri: string, scheme: string, native: boolean): { kind: 'native' } | { problem: RedirectUriProblem } {
  const reverseDns = /^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+$/.test(scheme)
  if (!native) return { problem: reverseDns ? 'uri_scheme_needs_native' : 'uri_not_absolute' }
  if (!reverseDns) return { problem: 'uri_scheme_not_reverse_dns' }
  if (uri[scheme.length + 1] !== '/') return { problem: 'uri_scheme_path' }
  return URL.canParse(uri) ? { kind: 'native' } : { problem: 'uri_not_absolute' }
}

/**
 * Whether the address can only be a native app's (RFC 8252 §7): a scheme of its own, or a loopback address without a port, which the
 * app picks when it runs. With a port it may as well be a browser app under development, whose address is compared whole.
 */
export function looksNative(uri: string): boolean {
  const result = parseRedirectUri(uri, { native: true })
  return 'kind' in result && result.kind === 'native' && !/^http:\/\/[^/?]*:\d+(?:[/?]|$)/i.test(uri)
}
