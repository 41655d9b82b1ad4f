import { env } from '#lib/env.ts'
import { checkGate, checkGateForToken, hasBearer, hasHeaderCredentials } from '#lib/gate/index.ts'
import { resolveAccessToken } from '#lib/oidc/index.ts'
import { ApiError } from './api-error.ts'
import { type Call, type Caller, contextOf } from './call.ts'

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
  const token = bearerOf(call, headers)
  if (token === null) {
    call.verdict = await checkGate(asked)
  } else {
    const known = await resolveAccessToken(token)
    if (!known) throw invalidToken()
    call.sub = known.sub
    call.verdict = await checkGateForToken({ ...asked, token: known })
  }
  const { verdict } = call
  call.headers = verdict.headers
  if (!verdict.ok) throw new ApiError(verdict.status, verdict.code, verdict.message)

  const { client, mode, scopes } = verdict
  const reach = { clientId: client.id, teamId: client.teamId, mode, scopes, onlySub: call.sub }
  return {
    allowed: verdict,
    reach,
    get ctx() {
      return contextOf(call, { kind: 'client', clientId: client.id })
    },
    domainId: verdict.domain.id,
  }
}

/**
 * The bearer token of a call; null when it comes with headers. @throws ApiError https_required (before anything about the token is told),
 * credentials_malformed, invalid_token
 */
function bearerOf(call: Call, headers: [string, string][]): string | null {
  if (!hasBearer(headers)) return null
  if (env().secure && !call.facts.secure) throw new ApiError(403, 'https_required', 'Use https.')
  const values = headers.filter(([name]) => name.toLowerCase() === 'authorization').map(([, value]) => value.trim())
  if (values.length > 1 || hasHeaderCredentials(headers)) {
    throw new ApiError(400, 'credentials_malformed', 'Send either Authorization or X-Client-Id and X-Client-Secret, once.')
  }
  // RFC 6750 §2.1: b64token.
  const token = /^bearer +([\w.~+/-]+=*)$/i.exec(values[0] ?? '')?.[1]
  if (!token) throw invalidToken()
  return token
}

/** RFC 6750 §3.1 */
function invalidToken(): ApiError {
  const challenge = 'Bearer realm="xwms", error="invalid_token", error_description="The access token is unknown, expired or revoked"'
  return new ApiError(401, 'invalid_token', 'The access token is unknown, expired or revoked.', { 'WWW-Authenticate': challenge })
}

/** As they were sent, repeated ones included: Node's own object joins or drops those. */
function pairsOf(raw: string[]): [string, string][] {
  const pairs: [string, string][] = []
  for (let index = 0; index < raw.length; index += 2) pairs.push([raw[index] as string, raw[index + 1] as string])
  return pairs
}
