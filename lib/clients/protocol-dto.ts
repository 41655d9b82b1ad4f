import type { ClientRow } from './dto.ts'
import type { JwkSet } from './jwk-set.ts'
import { DEVICE_GRANT, type IdTokenAlgorithm } from './protocol-schemas.ts'

/** How a client speaks the protocol. Its keys are public ones. */
export type ProtocolSettings = {
  requirePar: boolean
  requireDpop: boolean
  requireSignedRequest: boolean
  deviceFlow: boolean
  authMethod: string
  jwks: JwkSet | null
  jwksUri: string | null
  backchannelLogoutUri: string | null
}

export function protocolSettings(row: ClientRow): ProtocolSettings {
  return {
    requirePar: row.requirePar,
    requireDpop: row.requireDpop,
    requireSignedRequest: row.requireSignedRequest,
    deviceFlow: row.grantTypes.includes(DEVICE_GRANT),
    authMethod: row.tokenEndpointAuthMethod,
    jwks: row.jwks as JwkSet | null,
    jwksUri: row.jwksUri,
    backchannelLogoutUri: row.backchannelLogoutUri,
  }
}

/** Lifetimes in seconds, null: the installation's standard; and what ID tokens are signed with. */
export type TokenPolicy = {
  accessTokenTtl: number | null
  idTokenTtl: number | null
  refreshTokenTtl: number | null
  refreshTokenCap: number | null
  sessionTtl: number | null
  rotateRefreshTokens: boolean
  refreshReuseLeeway: number
  idTokenSignedResponseAlg: IdTokenAlgorithm
}

export function tokenPolicy(row: ClientRow): TokenPolicy {
  const { accessTokenTtl, idTokenTtl, refreshTokenTtl, refreshTokenCap, sessionTtl, rotateRefreshTokens, refreshReuseLeeway } = row
  return {
    accessTokenTtl,
    idTokenTtl,
    refreshTokenTtl,
    refreshTokenCap,
    sessionTtl,
    rotateRefreshTokens,
    refreshReuseLeeway,
    idTokenSignedResponseAlg: row.idTokenSignedResponseAlg as IdTokenAlgorithm,
  }
}
