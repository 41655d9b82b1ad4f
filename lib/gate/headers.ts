import { isUtf8 } from 'node:buffer'
import type { RawHeaders } from './types.ts'

export const CREDENTIAL_HEADERS = ['x-client-id', 'x-client-secret', 'x-client-domain'] as const
export type CredentialHeader = (typeof CREDENTIAL_HEADERS)[number]

/** Names as people write them. */
export const HEADER_NAMES: Record<CredentialHeader, string> = {
  'x-client-id': 'X-Client-Id',
  'x-client-secret': 'X-Client-Secret',
  'x-client-domain': 'X-Client-Domain',
}

const NONE: readonly string[] = []

/**
 * Every value that a header was sent with. `name` in lower case; names compare without case. Looks through the list each time: few names are
 * of the same length, so that costs less than an index of what nobody asks for. A domain in UTF-8 is read as such.
 */
export function headerValues(headers: RawHeaders, name: string): readonly string[] {
  let values: string[] | undefined
  for (let at = 0; at < headers.length; at += 2) {
    const sent = headers[at] as string
    if (sent.length !== name.length || sent.toLowerCase() !== name) continue
    const value = name === 'x-client-domain' ? readUtf8(headers[at + 1] as string) : (headers[at + 1] as string)
    if (values) values.push(value)
    else values = [value]
  }
  return values ?? NONE
}

const BEYOND_ASCII = /[\x80-\xff]/

/** Node reads a header as Latin-1, one character a byte, while people write the names of hosts in UTF-8 when not as punycode. */
function readUtf8(value: string): string {
  if (!BEYOND_ASCII.test(value)) return value
  const bytes = Buffer.from(value, 'latin1')
  // A text that Node did not read has characters that are no bytes.
  return isUtf8(bytes) && bytes.toString('latin1') === value ? bytes.toString() : value
}

/** Whether the request brings an access token (RFC 6750 §2.1). */
export function hasToken(headers: RawHeaders): boolean {
  return headerValues(headers, 'authorization').some((value) => /^(bearer|dpop)(\s|$)/i.test(value.trim()))
}

/** Whether the request brings an id or a secret in headers. A domain alone may accompany a token. */
export function hasHeaderCredentials(headers: RawHeaders): boolean {
  return headerValues(headers, 'x-client-id').length > 0 || headerValues(headers, 'x-client-secret').length > 0
}
