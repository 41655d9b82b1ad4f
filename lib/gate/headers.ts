import type { RawHeaders } from './types.ts'

export const CREDENTIAL_HEADERS = ['x-client-id', 'x-client-secret', 'x-client-domain'] as const
export type CredentialHeader = (typeof CREDENTIAL_HEADERS)[number]

/** Names as people write them. */
export const HEADER_NAMES: Record<CredentialHeader, string> = {
  'x-client-id': 'X-Client-Id',
  'x-client-secret': 'X-Client-Secret',
  'x-client-domain': 'X-Client-Domain',
}

/** The headers by name, kept on the list itself: nearly every check looks into them. */
const byName = Symbol('headers by name')
type Indexed = RawHeaders & { [byName]?: Map<string, string[]> }
const NONE: readonly string[] = []

/** Every value that a header was sent with. `name` in lower case; names compare without case. */
export function headerValues(headers: RawHeaders, name: string): readonly string[] {
  const list: Indexed = headers
  list[byName] ??= indexOf(headers)
  return list[byName].get(name) ?? NONE
}

function indexOf(headers: RawHeaders): Map<string, string[]> {
  const index = new Map<string, string[]>()
  for (const [key, value] of headers) {
    const lower = key.toLowerCase()
    const values = index.get(lower)
    if (values) values.push(value)
    else index.set(lower, [value])
  }
  return index
}

/** Whether the request brings an access token (RFC 6750 §2.1). */
export function hasToken(headers: RawHeaders): boolean {
  return headerValues(headers, 'authorization').some((value) => /^(bearer|dpop)(\s|$)/i.test(value.trim()))
}

/** Whether the request brings an id or a secret in headers. A domain alone may accompany a token. */
export function hasHeaderCredentials(headers: RawHeaders): boolean {
  return headerValues(headers, 'x-client-id').length > 0 || headerValues(headers, 'x-client-secret').length > 0
}
