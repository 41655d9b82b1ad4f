import { pool } from '#lib/db.ts'

/** An access token that is alive, whatever the state of its client: saying that a client is disabled or restricted is the gate's. */
export type FoundAccessToken = {
  client_id: string
  account_id: string | null
  domain_id: string | null
  mode: 'test' | 'live' | null
  scope: string | null
  client_scopes: string[]
  require_dpop: boolean
  id_hash: Buffer
  payload: Buffer
}

// A user's token stands on its family: the grant has the domain and the mode of the authorization. An exchanged one's family stands on another in turn.
const FIND = `
SELECT a.client_id, a.account_id, g.domain_id, coalesce(g.mode, a.mode) AS mode, a.scope, a.id_hash, a.payload, c.require_dpop,
  ARRAY(SELECT s.scope_name FROM client_scopes s WHERE s.client_id = a.client_id) AS client_scopes
FROM oidc_artifacts a
  JOIN clients c ON c.id = a.client_id AND c.deleted_at IS NULL
  LEFT JOIN users u ON u.sub = a.account_id
  LEFT JOIN oidc_artifacts g ON g.id_hash = a.grant_hash
  LEFT JOIN oidc_artifacts p ON p.id_hash = g.grant_hash
WHERE a.id_hash = ANY($1) AND a.kind IN ('AccessToken', 'ClientCredentials') AND a.expires_at > now()
  AND (a.account_id IS NULL OR (u.id IS NOT NULL AND u.disabled_at IS NULL))
  AND (a.grant_hash IS NULL OR (g.id_hash IS NOT NULL AND g.expires_at > now()))
  AND (g.grant_hash IS NULL OR (p.id_hash IS NOT NULL AND p.expires_at > now()))`

/** The living access token under one of these hashes. */
export async function findAccessToken(hashes: Buffer[]): Promise<FoundAccessToken | undefined> {
  return (await pool().query<FoundAccessToken>({ name: 'oidc_access_token', text: FIND, values: [hashes] })).rows[0]
}
