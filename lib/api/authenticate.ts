import { env } from '#lib/env.ts'
import { checkGate, checkGateForToken, hasHeaderCredentials, hasToken } from '#lib/gate/index.ts'
import { CLIENT_ALGORITHMS, resolveAccessToken, type TokenVerdict } from '#lib/oidc/index.ts'
import { ApiError } from './api-error.ts'
import { type Call, Caller } from './call.ts'

export type Use = 'api' | 'login'

/**
 * Lets a call pass the gate, by its three headers or by an access token of this server, never both.
 * @throws ApiError with the gate's code, invalid_token, credentials_malformed
 */
export async function authenticate(call: Call, use: Use): Promise<Caller> {
  const { req, facts } = call
  const headers = pairsOf(req.rawHeaders)
  const { ip, secure } = facts
  const asked = { headers, ip, secure, now: call.at, use }
  const token = tokenOf(call, headers)
  let nonce: string | undefined
  if (token === null) {
    call.verdict = await checkGate(asked)
  } else {
    const known = await resolveAccessToken(token.value, token.proof)
    if (!known.ok) throw invalidToken(token, known)
    call.sub = known.facts.sub
    nonce = known.nonce
    call.verdict = await checkGateForToken({ ...asked, token: known.facts })
  }
  const { verdict } = call
  call.headers = nonce ? { ...verdict.headers, 'DPoP-Nonce': nonce } : verdict.headers
  if (!verdict.ok) throw new ApiError(verdict.status, verdict.code, verdict.message)

  return new Caller(call, verdict)
}

type Presented = { value: string; proof: { proofs: string[]; method: string; url: string } | null }

/**
 * The access token of a call, with the proof of its key where it came as `DPoP`; null when it comes with headers. @throws ApiError https_required
 * (before anything about the token is told), credentials_malformed, invalid_token
 */
function tokenOf(call: Call, headers: [string, string][]): Presented | null {
  if (!hasToken(headers)) return null
  if (env().secure && !call.facts.secure) throw new ApiError(403, 'https_required', 'Use https.')
  const values = headers.filter(([name]) => name.toLowerCase() === 'authorization').map(([, value]) => value.trim())
  if (values.length > 1 || hasHeaderCredentials(headers)) {
    throw new ApiError(400, 'credentials_malformed', 'Send either Authorization or X-Client-Id and X-Client-Secret, once.')
  }
  // RFC 6750 §2.1: b64token.
  const [, scheme = '', value = ''] = /^(bearer|dpop) +([\w.~+/-]+=*)$/i.exec(values[0] ?? '') ?? []
  const proofs = headers.filter(([name]) => name.toLowerCase() === 'dpop').map(([, proof]) => proof.trim())
  const { method = '', url = '' } = call.req
  const path = url.split('?', 1)[0]
  const presented = { value, proof: /^dpop/i.test(values[0] ?? '') ? { proofs, method, url: `${env().PUBLIC_URL}${path}` } : null }
  if (!scheme) throw invalidToken(presented, { error: 'invalid_token', description: 'The access token is malformed' })
  return presented
}

type Refused = Pick<Extract<TokenVerdict, { ok: false }>, 'error' | 'description' | 'nonce'>

/** RFC 6750 §3.1, RFC 9449 §7.1 */
function invalidToken({ proof }: Presented, { error, description, nonce }: Refused): ApiError {
  const told = `realm="xwms", error="${error}", error_description="${description}"`
  const challenge = proof ? `DPoP ${told}, algs="${CLIENT_ALGORITHMS.join(' ')}"` : `Bearer ${told}`
  const message = error === 'invalid_token' ? 'The access token is unknown, expired or revoked.' : `${description}.`
  return new ApiError(401, 'invalid_token', message, { 'WWW-Authenticate': challenge, ...(nonce ? { 'DPoP-Nonce': nonce } : {}) })
}

/** As they were sent, repeated ones included: Node's own object joins or drops those. */
function pairsOf(raw: string[]): [string, string][] {
  const pairs: [string, string][] = []
  for (let index = 0; index < raw.length; index += 2) pairs.push([raw[index] as string, raw[index + 1] as string])
  return pairs
}
