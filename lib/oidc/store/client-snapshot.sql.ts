import { Batcher } from '#lib/batch.ts'
import { pool } from '#lib/db.ts'
import { singleton } from '#lib/registry.ts'

/** Everything of a client that a request needs, read in one consistent statement. Suspended and deleted clients have none. */
export type ClientSnapshot = {
  id: string
  team_id: string
  name: string
  logo_uri: string | null
  type: 'confidential' | 'public'
  application_type: 'web' | 'spa' | 'native'
  grant_types: string[]
  token_endpoint_auth_method: string
  jwks: { keys: object[] } | null
  jwks_uri: string | null
  access_token_ttl: number | null
  id_token_ttl: number | null
  refresh_token_ttl: number | null
  session_ttl: number | null
  refresh_token_cap: number | null
  rotate_refresh_tokens: boolean
  refresh_reuse_leeway: number
  id_token_signed_response_alg: string
  require_par: boolean
  require_dpop: boolean
  require_signed_request: boolean
  backchannel_logout_uri: string | null
  /** Clients that may introspect this one's tokens. */
  introspectors: string[]
  /** Clients whose tokens this one may exchange. */
  exchange_sources: string[]
  has_verified_live_domain: boolean
  scopes: string[]
  /** Those of `scopes` that a person may decline. */
  optional_scopes: string[]
  secrets: { id: string; hash: string; mode: 'test' | 'live'; domains: string[] | null }[]
  domains: SnapshotDomain[]
  redirect_uris: { uri: string; kind: 'login' | 'logout'; domain_id: string | null }[]
}

export type SnapshotDomain = {
  id: string
  host: string
  active: boolean
  allow_login: boolean
  mode: 'test' | 'live'
  verified: boolean
}

const QUERY = `
SELECT c.id, c.team_id, c.name, c.logo_uri, c.type, c.application_type, c.grant_types, c.token_endpoint_auth_method, c.jwks, c.jwks_uri,
  c.access_token_ttl, c.id_token_ttl, c.refresh_token_ttl, c.session_ttl, c.refresh_token_cap, c.rotate_refresh_tokens,
  c.refresh_reuse_leeway, c.id_token_signed_response_alg, c.require_par, c.require_dpop, c.require_signed_request, c.backchannel_logout_uri,
  ARRAY(SELECT p.partner_id FROM introspection_partners p WHERE p.client_id = c.id) AS introspectors,
  ARRAY(SELECT x.subject_client_id FROM token_exchange_pairs x WHERE x.client_id = c.id) AS exchange_sources,
  ARRAY(SELECT s.scope_name FROM client_scopes s WHERE s.client_id = c.id ORDER BY s.scope_name) AS scopes,
  ARRAY(SELECT s.scope_name FROM client_scopes s WHERE s.client_id = c.id AND s.optional ORDER BY s.scope_name) AS optional_scopes,
  (SELECT coalesce(json_agg(json_build_object('id', s.id, 'hash', encode(s.hash, 'hex'), 'mode', s.mode,
      'domains', (SELECT json_agg(l.domain_id) FROM secret_domains l WHERE l.secret_id = s.id)) ORDER BY s.created_at DESC), '[]')
    FROM client_secrets s
    WHERE s.client_id = c.id AND s.revoked_at IS NULL AND (s.expires_at IS NULL OR s.expires_at > now())) AS secrets,
  (SELECT coalesce(json_agg(json_build_object('id', d.id, 'host', d.host, 'active', d.active, 'allow_login', d.allow_login, 'mode', d.mode,
      'verified', d.verified_at IS NOT NULL) ORDER BY d.created_at), '[]')
    FROM domains d WHERE d.client_id = c.id) AS domains,
  (SELECT coalesce(json_agg(json_build_object('uri', r.uri, 'kind', r.kind, 'domain_id', r.domain_id) ORDER BY r.created_at, r.id), '[]')
    FROM redirect_uris r WHERE r.client_id = c.id) AS redirect_uris
FROM clients c
WHERE c.id = ANY($1) AND c.status = 'active' AND c.deleted_at IS NULL AND c.restricted_at IS NULL`

type Row = Omit<ClientSnapshot, 'has_verified_live_domain'>

/** What can be the id of a client. Anything else names none, and never reaches the database: PostgreSQL answers a NUL with an error. */
const CLIENT_ID = /^[\w-]{1,100}$/

/**
 * The present state of a client, never cached: a change holds on the next request on every process. Requests that arrive together
 * share one read, which begins after all of them. `clientId` is what a stranger sent, or a JWT claims (of whatever type).
 */
export function loadClientSnapshot(clientId: unknown): Promise<ClientSnapshot | undefined> {
  if (typeof clientId !== 'string' || !CLIENT_ID.test(clientId)) return Promise.resolve(undefined)
  return singleton(
    'oidc.client-batcher',
    () => new Batcher<string, ClientSnapshot | undefined>(loadMany, { concurrency: 2, size: 100 }),
  ).add(clientId)
}

async function loadMany(ids: string[]): Promise<(ClientSnapshot | undefined)[]> {
  const { rows } = await pool().query<Row>({ name: 'oidc_clients', text: QUERY, values: [[...new Set(ids)]] })
  const found = new Map(rows.map((row) => [row.id, { ...row, has_verified_live_domain: row.domains.some(isVerifiedLive) }]))
  return ids.map((id) => found.get(id))
}

function isVerifiedLive({ mode, verified, active }: SnapshotDomain): boolean {
  return mode === 'live' && verified && active
}

const MAY_TEST = `SELECT k.place FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS k(client, team, sub, place)
  WHERE EXISTS (
    SELECT 1 FROM members m JOIN users u ON u.id = m.user_id WHERE m.team_id = k.team AND u.sub = k.sub
  ) OR EXISTS (
    SELECT 1 FROM test_users t JOIN users u ON u.email = t.email WHERE t.client_id = k.client AND u.sub = k.sub AND u.email_verified_at IS NOT NULL
  )`

type Tester = { client: string; team: string; sub: string }

/** Whether a user may log in to a client in test mode: members of its team, and invited test users whose address is proven. */
export function mayTest(client: { id: string; team_id: string }, sub: string): Promise<boolean> {
  const batcher = singleton('oidc.tester-batcher', () => new Batcher<Tester, boolean>(mayAllTest, { concurrency: 2, size: 200 }))
  return batcher.add({ client: client.id, team: client.team_id, sub })
}

async function mayAllTest(testers: Tester[]): Promise<boolean[]> {
  const values = [testers.map(({ client }) => client), testers.map(({ team }) => team), testers.map(({ sub }) => sub)]
  const { rows } = await pool().query<{ place: string }>({ name: 'oidc_may_test', text: MAY_TEST, values })
  const allowed = new Set(rows.map(({ place }) => Number(place)))
  return testers.map((_, index) => allowed.has(index + 1))
}
