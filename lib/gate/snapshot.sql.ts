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

// The statements themselves are functions of the migration: it says why.
const BY_SECRET = 'SELECT * FROM gate_by_secret($1::text[], $2::bytea[], $3::text[], $4::text[], $5::timestamptz[])'
const BY_CLIENT = 'SELECT * FROM gate_by_client($1::text[], $2::text[], $3::text[], $4::timestamptz[])'

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

/** Two at once: while one half is looked up the other half of the callers is answered, and one connection that hangs does not stop everybody. */
const BATCHES = { concurrency: 2, size: 200, gatherMs: 1 }

function loadBySecret(keys: SecretKey[]): Promise<(GateSnapshot | undefined)[]> {
  return load('gate_by_secret', BY_SECRET, keys, (some, times) => [
    some.map((k) => k.client),
    some.map((k) => k.hash),
    some.map((k) => k.domain),
    some.map((k) => k.host),
    times,
  ])
}

function loadByClient(keys: ClientKey[]): Promise<(GateSnapshot | undefined)[]> {
  return load('gate_by_client', BY_CLIENT, keys, (some, times) => [
    some.map((k) => k.client),
    some.map((k) => k.domain),
    some.map((k) => k.host),
    times,
  ])
}

/**
 * Looks up each different key once: a busy server sends the same credentials many times a turn. All are asked as of the batch's last
 * moment, since they are read at one.
 */
async function load<Key extends SecretKey | ClientKey>(
  name: string,
  text: string,
  keys: Key[],
  columns: (some: Key[], times: Date[]) => unknown[],
): Promise<(GateSnapshot | undefined)[]> {
  const places = new Map<string, number>()
  const different: Key[] = []
  let now = 0
  const placeOf = keys.map((key) => {
    now = Math.max(now, key.now.getTime())
    const id = identity(key)
    const known = places.get(id)
    if (known !== undefined) return known
    places.set(id, different.length)
    return different.push(key) - 1
  })
  const time = new Date(now)
  const values = columns(
    different,
    different.map(() => time),
  )
  const { rows } = await pool().query<Placed>({ name, text, values })
  const found = new Array<GateSnapshot | undefined>(different.length)
  for (const row of rows) found[Number(row.place) - 1] = row
  return placeOf.map((place) => found[place])
}

/** No value holds a control character: the checks of the headers have refused those. */
function identity(key: SecretKey | ClientKey): string {
  const hash = 'hash' in key ? key.hash.toString('latin1') : ''
  return `${key.client}\0${key.domain ?? ''}\0${key.host ?? ''}\0${hash}`
}
