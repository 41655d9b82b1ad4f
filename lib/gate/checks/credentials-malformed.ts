import { checksumOk } from '#lib/secrets/index.ts'
import { type HeaderCheck, passed } from '../check.ts'
import { domainClaim } from '../credentials.ts'
import { CREDENTIAL_HEADERS, type CredentialHeader, HEADER_NAMES, hasToken, headerValues } from '../headers.ts'

const MAX_LENGTH = 256

/** Each header once, one value, of a form that could be right. What is wrong is said; the value is not repeated. */
export const credentialsMalformed: HeaderCheck = {
  code: 'credentials_malformed',
  run({ headers }) {
    if (hasToken(headers)) return refuse('Send either an access token or the credential headers, not both.', 'both')
    for (const name of CREDENTIAL_HEADERS) {
      const problem = problemOf(name, headerValues(headers, name))
      if (problem) return refuse(`The header ${HEADER_NAMES[name]} ${problem}.`, `${HEADER_NAMES[name]} ${problem}`)
    }
    return passed
  },
}

function refuse(message: string, received: string) {
  return { ok: false, message, expected: `each header once, at most ${MAX_LENGTH} characters`, received } as const
}

function problemOf(name: CredentialHeader, [value = '', ...more]: readonly string[]): string | undefined {
  if (more.length > 0) return 'was sent more than once'
  if (value.length > MAX_LENGTH) return `is longer than ${MAX_LENGTH} characters`
  if (/\p{Cc}/u.test(value)) return 'holds control characters'
  if (value.includes(',')) return 'holds more than one value'
  if (name === 'x-client-secret' && !checksumOk(value)) return 'is not a client secret: its form or checksum is wrong'
  if (name === 'x-client-domain' && !domainClaim(value)) return 'is not a host name such as app.example.com, or the id of a domain'
  return undefined
}
