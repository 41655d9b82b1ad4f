import { env } from '#lib/env.ts'
import {
  checkGate,
  checkGateForToken,
  type GateInput,
  type GateResult,
  hasHeaderCredentials,
  hasToken,
  headerValues,
} from '#lib/gate/index.ts'
import { CLIENT_ALGORITHMS, resolveAccessToken, type TokenVerdict } from '#lib/oidc/index.ts'
import { ApiError } from './api-error.ts'
import { type Call, Caller } from './call.ts'

export type Use = 'api' | 'login'

/**
 * Lets a call pass the gate, by its three headers or by an access token of this server, never both.
 * @throws ApiError with the gate's code, invalid_token, credentials_malformed
 */
export async function authenticate(call: Call, use: Use): Promise<Caller> {
  const { ip, secure } = call.facts
  const asked = { headers: call.req.rawHeaders, ip, secure, now: call.at, use }
  const token = tokenOf(call)
  const verdict = token ? await askForToken(call, token, asked) : await checkGate(asked)
  call.verdict = verdict
  // What a token's answer has besides, the look at the token has put there.
  call.headers = token ? { ...call.headers, ...verdict.headers } : verdict.headers
  if (!verdict.ok) throw new ApiError(verdict.status, verdict.code, verdict.message)

  return new Caller(call, verdict)
}

async function askForToken(call: Call, token: Presented, asked: GateInput): Promise<GateResult> {
  const known = await resolveAccessToken(token.value, token.proof)
  if (!known.ok) throw invalidToken(token, known)
  call.sub = known.facts.sub
  if (known.nonce) call.headers = { 'DPoP-Nonce': known.nonce }
  return checkGateForToken({ ...asked, token: known.facts })
}

type Presented = { value: string; proof: { proofs: string[]; method: string; url: string } | null }

/**
 * The access token of a call, with the proof of its key where it came as `DPoP`; null when it comes with headers. @throws ApiError https_required
 * (before anything about the token is told), credentials_malformed, invalid_token
 */
function tokenOf(call: Call): Presented | null {
  const headers = call.req.rawHeaders
  if (!hasToken(headers)) return null
  if (env().secure && !call.facts.secure) throw new ApiError(403, 'https_required', 'Use https.')
  const values = headerValues(headers, 'authorization').map((value) => value.trim())
  if (values.length > 1 || hasHeaderCredentials(headers)) {
    throw new ApiError(400, 'credentials_malformed', 'Send either Authorization or X-Client-Id and X-Client-Secret, once.')
  }
  // RFC 6750 §2.1: b64token.
  const [, scheme = '', value = ''] = /^(bearer|dpop) +([\w.~+/-]+=*)$/i.exec(values[0] ?? '') ?? []
  const proofs = headerValues(headers, 'dpop').map((proof) => proof.trim())
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
