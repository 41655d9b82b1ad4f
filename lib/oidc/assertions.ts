import { errors, type KoaContextWithOIDC } from 'oidc-provider'

type Claims = Record<string, unknown>

/** The clocks of clients may differ from ours by this much. */
export const CLOCK_TOLERANCE = 15
/** How far ahead an assertion may expire: what was used is remembered until then. */
const LONGEST_LIFE = 2 * 3_600
const MAX_JTI = 255

const now = () => Math.floor(Date.now() / 1000)

/**
 * What the library leaves open of a client's assertion (RFC 7523 §3): when it was issued, how long it lives, and the form of its id.
 * @throws errors.InvalidClientAuth
 */
export async function checkClientAssertion(_ctx: KoaContextWithOIDC, claims: Claims): Promise<void> {
  const problem = timeProblem(claims)
  if (problem) throw new errors.InvalidClientAuth(`client assertion: ${problem}`)
  if (typeof claims.jti !== 'string' || claims.jti.length > MAX_JTI) {
    throw new errors.InvalidClientAuth('client assertion: jti must be a text of at most 255 characters')
  }
}

/** The same of a request object (RFC 9101): it must expire, so that one that leaked is of no use later. @throws errors.InvalidRequestObject */
export async function checkRequestObject(_ctx: KoaContextWithOIDC, claims: Claims, header: Claims): Promise<void> {
  const problem = timeProblem(claims)
  if (problem) throw new errors.InvalidRequestObject(`request object: ${problem}`)
  // Pushed parameters come through here as the library's own unsigned envelope.
  if (header.alg === 'none') return
  if (claims.sub !== undefined && claims.sub === claims.iss) {
    // RFC 9101 §10.8: a client assertion must not pass as a request.
    throw new errors.InvalidRequestObject('request object: sub must not be the client')
  }
}

function timeProblem({ exp, iat, nbf }: Claims): string | null {
  if (typeof exp !== 'number') return 'exp is required'
  if (exp <= now() - CLOCK_TOLERANCE) return 'it is expired'
  if (exp > now() + LONGEST_LIFE) return 'exp is too far ahead'
  if (iat !== undefined && (typeof iat !== 'number' || iat > now() + CLOCK_TOLERANCE)) return 'iat is in the future'
  if (nbf !== undefined && (typeof nbf !== 'number' || nbf > now() + CLOCK_TOLERANCE)) return 'nbf is in the future'
  return null
}
