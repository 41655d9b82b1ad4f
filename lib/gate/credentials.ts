import { normalizeHost } from '#lib/domains/index.ts'
import { type CredentialHeader, headerValues } from './headers.ts'
import type { RawHeaders } from './types.ts'

/** The three values, well formed. */
export type Credentials = { clientId: string; secret: string; domain: DomainClaim }

/** How a request names its domain: by host (normalized), by id, or by what could be either. */
export type DomainClaim = { text: string; id: string | null; host: string | null }

const DOMAIN_ID = /^dom_[0-9A-Za-z]{1,60}$/
const CLIENT_ID = /^cl_[0-9A-Za-z]{20}$/

/** The claim that `text` makes, or null when it is neither a host nor an id. */
export function domainClaim(text: string): DomainClaim | null {
  const id = DOMAIN_ID.test(text) ? text : null
  const host = normalizeHost(text)
  return id === null && host === null ? null : { text, id, host }
}

/** The credentials of headers that passed the first checks. */
export function readCredentials(headers: RawHeaders): Credentials {
  const first = (name: CredentialHeader) => headerValues(headers, name)[0] ?? ''
  const [clientId, secret, domain] = [first('x-client-id'), first('x-client-secret'), first('x-client-domain')]
  return { clientId, secret, domain: domainClaim(domain) ?? { text: domain, id: null, host: null } }
}

/** The client that a request claims to be, when it could be one: anything else, such as a secret in the wrong header, is not repeated. */
export function claimedClientId(headers: RawHeaders): string | null {
  const [value] = headerValues(headers, 'x-client-id' satisfies CredentialHeader)
  return value !== undefined && CLIENT_ID.test(value) ? value : null
}
