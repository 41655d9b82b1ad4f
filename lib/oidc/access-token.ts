import { decrypt } from '#lib/secrets/index.ts'
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

/**
 * The facts of a living access token, or null: unknown, expired, revoked, its person disabled, its family ended, its client deleted. A
 * disabled or restricted client's is found: the gate refuses it, and says why.
 */
export async function resolveAccessToken(value: string): Promise<AccessTokenFacts | null> {
  if (value.length > MAX_LENGTH) return null
  const row = await findAccessToken([hashId('AccessToken', value), hashId('ClientCredentials', value)])
  if (!row) return null
  const { jkt, aud } = JSON.parse(decrypt('oidc-artifact', row.payload, row.id_hash).toString()) as { jkt?: string; aud?: string }
  // A token for another API is none here; one that is bound to a key proves nothing without it.
  if (aud !== undefined || jkt !== undefined) return null
  const given = new Set(row.scope?.split(' '))
  const scopes = row.account_id === null ? row.client_scopes : row.client_scopes.filter((scope) => given.has(scope))
  return { clientId: row.client_id, domainId: row.domain_id, mode: row.mode, sub: row.account_id, scopes }
}
