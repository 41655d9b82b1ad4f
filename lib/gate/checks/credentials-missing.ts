import { type HeaderCheck, passed } from '../check.ts'
import { CREDENTIAL_HEADERS, HEADER_NAMES, hasToken, headerValues } from '../headers.ts'

/** All three headers are there and not empty. With an access token besides, the next check has the say. */
export const credentialsMissing: HeaderCheck = {
  code: 'credentials_missing',
  run({ headers }) {
    if (hasToken(headers)) return passed
    const missing = CREDENTIAL_HEADERS.find((name) => !headerValues(headers, name).some(isFilled))
    if (!missing) return passed
    const name = HEADER_NAMES[missing]
    return {
      ok: false,
      message: `The header ${name} is missing or empty.`,
      expected: CREDENTIAL_HEADERS.map((key) => HEADER_NAMES[key]).join(', '),
      received: `no ${name}`,
    }
  },
}

function isFilled(value: string): boolean {
  return value.trim() !== ''
}
