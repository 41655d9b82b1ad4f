import { decrypt } from '#lib/secrets/index.ts'
import { checkProof, type ProofUse } from './dpop-proof.ts'
import { findAccessToken } from './store/access-token.sql.ts'
import { hashId } from './store/hash-id.ts'

/** What an access token of this server stands for. */
export type AccessTokenFacts = {
  clientId: string
  /** Where its authorization returned to; null: no domain (native apps, client credentials). */
  domainId: string | null
  /** Null where the client proved itself with a key of its own, which has no mode. */
  mode: 'test' | 'live' | null
  /** The person; null for client credentials. */
  sub: string | null
  /** What it is good for now: of a person's token, what it was given and the client still has; of client credentials, all of the client's. */
  scopes: string[]
}

/** No token of ours is near this length; longer ones are not worth hashing. */
const MAX_LENGTH = 500

export type TokenVerdict =
  | { ok: true; facts: AccessTokenFacts; nonce?: string }
  | { ok: false; error: 'invalid_token' | 'invalid_dpop_proof' | 'use_dpop_nonce'; description: string; nonce?: string }

const UNKNOWN: TokenVerdict = { ok: false, error: 'invalid_token', description: 'The access token is unknown, expired or revoked' }

/**
 * What a living access token stands for. Refused: unknown, expired, revoked, its person disabled, its family ended, its client deleted; bound to a
 * key and presented without proof of it, or the reverse (`proof` is null for a bearer). A disabled or restricted client's passes: the gate refuses it,
 * and says why.
 */
export async function resolveAccessToken(value: string, proof: ProofUse | null = null): Promise<TokenVerdict> {
  if (value.length > MAX_LENGTH) return UNKNOWN
  const row = await findAccessToken([hashId('AccessToken', value), hashId('ClientCredentials', value)])
  if (!row) return UNKNOWN
  const { jkt, aud } = JSON.parse(decrypt('oidc-artifact', row.payload, row.id_hash).toString()) as { jkt?: string; aud?: string }
  // A token for another API is none here. A bound one proves nothing without its key, and one that is not bound is nobody's by proof.
  if (aud !== undefined || (jkt === undefined) !== (proof === null)) return UNKNOWN
  const given = new Set(row.scope?.split(' '))
  const scopes = row.account_id === null ? row.client_scopes : row.client_scopes.filter((scope) => given.has(scope))
  const facts = { clientId: row.client_id, domainId: row.domain_id, mode: row.mode, sub: row.account_id, scopes }
  if (jkt === undefined || proof === null) return { ok: true, facts }
  const proven = await checkProof({ value, jkt, clientId: row.client_id, requireNonce: row.require_dpop }, proof)
  return proven.ok ? { ...proven, facts } : proven
}
