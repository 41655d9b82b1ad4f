import { Batcher } from '#lib/batch.ts'
import { pool } from '#lib/db.ts'
import { singleton } from '#lib/registry.ts'
import type { Mode } from './types.ts'

// The gate's one look at the database: a named prepared statement, never cached, so that a change holds on the next request on every
// process. One statement answers all look-ups of a turn of the event loop.

/** Everything that the checks need of a client, its team, its secret and one domain, at one moment. */
export type GateSnapshot = {
  client_id: string
  client_name: string
  team_id: string
  disabled: boolean
  restricted: boolean
  /** Null: no active plan. */
  plan_name: string | null
  per_minute: number | null
  per_month: number | null
  scopes: string[]
  secret_id: string | null
  secret_hash: Buffer | null
  secret_mode: Mode | null
  secret_label: string | null
  secret_hint: string | null
  /** The secret works on this domain. */
  secret_linked: boolean
  /** Null: the domain is not one of the client's. */
  domain_id: string | null
  host: string | null
  active: boolean
  allow_login: boolean
  allow_api: boolean
  domain_mode: Mode | null
  verified: boolean
  ip_allowlist: string[] | null
  ip_monitor: boolean
}

const CLIENT = `
  c.id AS client_id, c.name AS client_name, c.team_id, c.status <> 'active' AS disabled, c.restricted_at IS NOT NULL AS restricted,
  p.name AS plan_name, coalesce(t.override_per_minute, p.per_minute) AS per_minute, coalesce(t.override_per_month, p.per_month) AS per_month,
  ARRAY(SELECT x.scope_name FROM client_scopes x WHERE x.client_id = c.id ORDER BY x.scope_name) AS scopes`

const DOMAIN = `
  d.id AS domain_id, d.host, coalesce(d.active, false) AS active, coalesce(d.allow_login, false) AS allow_login,
  coalesce(d.allow_api, false) AS allow_api, d.mode AS domain_mode, d.verified_at IS NOT NULL AS verified, d.ip_allowlist,
  coalesce(d.ip_monitor, false) AS ip_monitor`

const JOIN_PLAN = `
JOIN teams t ON t.id = c.team_id
LEFT JOIN plans p ON p.key = t.plan_key AND (t.plan_ends_at IS NULL OR t.plan_ends_at > k.now)`

/**
 * The secret's hash leads to the client, not the other way round: for an unknown client and for a wrong secret PostgreSQL does the
 * same, it looks in one index and finds nothing. OFFSET 0 keeps it in this order whatever the tables' sizes.
 */
const BY_SECRET = `
SELECT k.place, ${CLIENT}, ${DOMAIN},
  s.id AS secret_id, s.hash AS secret_hash, s.mode AS secret_mode, s.label AS secret_label, s.hint AS secret_hint,
  NOT EXISTS (SELECT 1 FROM secret_domains l WHERE l.secret_id = s.id)
    OR EXISTS (SELECT 1 FROM secret_domains l WHERE l.secret_id = s.id AND l.domain_id = d.id) AS secret_linked
FROM unnest($1::text[], $2::bytea[], $3::text[], $4::text[], $5::timestamptz[]) WITH ORDINALITY AS k(client, hash, domain, host, now, place)
CROSS JOIN LATERAL (
  SELECT * FROM client_secrets s WHERE s.hash = k.hash AND s.revoked_at IS NULL AND (s.expires_at IS NULL OR s.expires_at > k.now) OFFSET 0
) s
JOIN clients c ON c.id = s.client_id AND c.id = k.client AND c.deleted_at IS NULL
${JOIN_PLAN}
LEFT JOIN LATERAL (
  SELECT * FROM domains d WHERE d.client_id = c.id AND (d.host = k.host OR d.id = k.domain) ORDER BY d.host = k.host DESC LIMIT 1
) d ON true`

/** For tokens: the domain by id, else by host, else the primary one. */
const BY_CLIENT = `
SELECT k.place, ${CLIENT}, ${DOMAIN},
  NULL AS secret_id, NULL AS secret_hash, NULL AS secret_mode, NULL AS secret_label, NULL AS secret_hint, true AS secret_linked
FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[]) WITH ORDINALITY AS k(client, domain, host, now, place)
JOIN clients c ON c.id = k.client AND c.deleted_at IS NULL
${JOIN_PLAN}
LEFT JOIN LATERAL (
  SELECT * FROM domains d
  WHERE d.client_id = c.id AND CASE WHEN k.domain IS NULL AND k.host IS NULL THEN d.is_primary ELSE d.host = k.host OR d.id = k.domain END
  ORDER BY d.host = k.host DESC NULLS LAST LIMIT 1
) d ON true`

type Placed = GateSnapshot & { place: string }

/** What header credentials claim. A domain is named by its id or its host: at least one of the two. */
export type SecretKey = { client: string; hash: Buffer; domain: string | null; host: string | null; now: Date }
/** Without `domain` and `host`: the primary domain. */
export type ClientKey = { client: string; domain: string | null; host: string | null; now: Date }

/** The state behind a client's id with one of its living secrets; undefined when the two do not belong together. */
export function snapshotBySecret(key: SecretKey): Promise<GateSnapshot | undefined> {
  return singleton('gate.by-secret', () => new Batcher(loadBySecret, BATCHES)).add(key)
}

/** The state of a client that a token was issued to; undefined when it is deleted. */
export function snapshotByClient(key: ClientKey): Promise<GateSnapshot | undefined> {
  return singleton('gate.by-client', () => new Batcher(loadByClient, BATCHES)).add(key)
}

const BATCHES = { concurrency: 4, size: 200 }

function loadBySecret(keys: SecretKey[]): Promise<(GateSnapshot | undefined)[]> {
  const values = [
    keys.map((k) => k.client),
    keys.map((k) => k.hash),
    keys.map((k) => k.domain),
    keys.map((k) => k.host),
    keys.map((k) => k.now),
  ]
  return load('gate_by_secret', BY_SECRET, values, keys.length)
}

function loadByClient(keys: ClientKey[]): Promise<(GateSnapshot | undefined)[]> {
  const values = [keys.map((k) => k.client), keys.map((k) => k.domain), keys.map((k) => k.host), keys.map((k) => k.now)]
  return load('gate_by_client', BY_CLIENT, values, keys.length)
}

async function load(name: string, text: string, values: unknown[], count: number): Promise<(GateSnapshot | undefined)[]> {
  const { rows } = await pool().query<Placed>({ name, text, values })
  const found = new Array<GateSnapshot | undefined>(count)
  for (const row of rows) found[Number(row.place) - 1] = row
  return found
}
