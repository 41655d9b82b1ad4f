import { Batcher } from '#lib/batch.ts'
import { pool } from '#lib/db.ts'
import { singleton } from '#lib/registry.ts'

// The token store is a hot path: named prepared statements on the shared pool, which PostgreSQL plans once a connection.

export type ArtifactRow = {
  idHash: Buffer
  kind: string
  grantHash: Buffer | null
  uidHash: Buffer | null
  userCodeHash: Buffer | null
  accountSessionId: string | null
  redirectUri: string | null
  clientId: string | null
  accountId: string | null
  domainId: string | null
  mode: string | null
  scope: string | null
  payload: Buffer
  expiresAt: Date | null
}

const COLUMNS = `id_hash, kind, grant_hash, uid_hash, user_code_hash, account_session_id, redirect_uri, client_id, account_id, domain_id,
  mode, scope, payload, expires_at`
const VALUES = `$1::bytea, $2::text, $3::bytea, $4::bytea, $5::bytea, $6::text, $7::text, $8::text, $9::text, $10::text, $11::mode, $12::text,
  $13::bytea, $14::timestamptz`

const INSERT = `INSERT INTO oidc_artifacts (${COLUMNS}) VALUES (${VALUES})`

const INSERT_MANY = `INSERT INTO oidc_artifacts (${COLUMNS}) SELECT * FROM unnest($1::bytea[], $2::text[], $3::bytea[], $4::bytea[], $5::bytea[],
  $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::mode[], $12::text[], $13::bytea[], $14::timestamptz[])
  ON CONFLICT (id_hash) DO NOTHING RETURNING id_hash`

const INSERT_NEW = `${INSERT} ON CONFLICT (id_hash) DO NOTHING`

// Not `ON CONFLICT DO UPDATE`: of several requests that save one session at once, PostgreSQL may not see the row that another is replacing, goes
// on to insert, and the session's second unique key fails it. An update waits for the row; only what is not there at all is inserted.
const UPSERT = `WITH updated AS (
    UPDATE oidc_artifacts SET payload = $13, expires_at = $14, grant_hash = coalesce($3, grant_hash), uid_hash = $4, account_id = $9, scope = $12
    WHERE id_hash = $1 RETURNING 1
  ), inserted AS (
    INSERT INTO oidc_artifacts (${COLUMNS}) SELECT ${VALUES} WHERE NOT EXISTS (SELECT FROM updated) ON CONFLICT DO NOTHING RETURNING 1
  ) SELECT 1 FROM updated UNION ALL SELECT 1 FROM inserted`

// A suspended client, a disabled user or a dead family makes everything of theirs unfindable, at once and on every process.
const ALIVE = `
  LEFT JOIN clients c ON c.id = a.client_id
  LEFT JOIN users u ON u.sub = a.account_id
  LEFT JOIN oidc_artifacts g ON g.id_hash = a.grant_hash
  WHERE (a.client_id IS NULL OR (c.status = 'active' AND c.deleted_at IS NULL AND c.restricted_at IS NULL))
    AND (a.account_id IS NULL OR (u.id IS NOT NULL AND u.disabled_at IS NULL))
    AND (a.grant_hash IS NULL OR (g.id_hash IS NOT NULL AND g.expires_at > now()))`

// The family comes along with each of its members, as what they stand on was read in the same moment. Not one that stands on another family in
// turn (token exchange): whether that one is alive is asked of the family itself.
const SELECT = `SELECT a.id_hash, a.kind, a.payload, a.consumed_at, a.redirect_uri, a.domain_id, a.account_session_id, a.grant_hash,
    CASE WHEN g.grant_hash IS NULL THEN g.payload END AS grant_payload, g.redirect_uri AS grant_redirect_uri, g.domain_id AS grant_domain_id,
    g.account_session_id AS grant_account_session_id
  FROM oidc_artifacts a ${ALIVE}`

const FIND = `${SELECT} AND a.id_hash = ANY($1::bytea[])`
const FIND_BY_UID = `${SELECT} AND a.uid_hash = $1`
const FIND_BY_USER_CODE = `${SELECT} AND a.user_code_hash = $1`

// Locked in order, so that no two of these wait for each other in a circle; who waited looks again whether it is still unconsumed.
const CONSUME = `UPDATE oidc_artifacts a SET consumed_at = now() FROM (
    SELECT id_hash FROM oidc_artifacts WHERE id_hash = ANY($1::bytea[]) AND consumed_at IS NULL ORDER BY id_hash FOR UPDATE
  ) l WHERE a.id_hash = l.id_hash RETURNING a.id_hash`

// The grant first: only who removes that one row clears the rest, so that many losers of one race do not lock each other out.
const KILL_GRANT = `DELETE FROM oidc_artifacts WHERE id_hash = (SELECT grant_hash FROM oidc_artifacts WHERE id_hash = $1) RETURNING id_hash`
const CLEAR_FAMILY = 'DELETE FROM oidc_artifacts WHERE grant_hash = $1'

const DESTROY = 'DELETE FROM oidc_artifacts WHERE id_hash = $1'
const DESTROY_BY_GRANT = 'DELETE FROM oidc_artifacts WHERE grant_hash = $1 AND kind = $2'

export type FoundArtifact = {
  id_hash: Buffer
  kind: string
  payload: Buffer
  consumed_at: Date | null
  /** Grants only: where they were authorized from. */
  redirect_uri: string | null
  domain_id: string | null
  account_session_id: string | null
  grant_hash: Buffer | null
  /** The grant that it stands on; null also where that one has to be read by itself. */
  grant_payload: Buffer | null
  grant_redirect_uri: string | null
  grant_domain_id: string | null
  grant_account_session_id: string | null
}

export type FoundGrant = Pick<FoundArtifact, 'id_hash' | 'payload' | 'consumed_at' | 'redirect_uri' | 'domain_id' | 'account_session_id'>

/** The grant that came along with this artifact. */
export function grantOf(found: FoundArtifact): FoundGrant | undefined {
  if (!found.grant_hash || !found.grant_payload) return undefined
  return {
    id_hash: found.grant_hash,
    payload: found.grant_payload,
    consumed_at: null,
    redirect_uri: found.grant_redirect_uri,
    domain_id: found.grant_domain_id,
    account_session_id: found.grant_account_session_id,
  }
}

function parameters(row: ArtifactRow): unknown[] {
  return [
    row.idHash,
    row.kind,
    row.grantHash,
    row.uidHash,
    row.userCodeHash,
    row.accountSessionId,
    row.redirectUri,
    row.clientId,
    row.accountId,
    row.domainId,
    row.mode,
    row.scope,
    row.payload,
    row.expiresAt,
  ]
}

/** Statements of one kind under way at once; what comes meanwhile goes together in the next. */
const BATCHES = { concurrency: 2, size: 200 }

/** There is an artifact with this id already: whoever wrote it first has it. */
export class ArtifactExists extends Error {}

/**
 * Stores a new artifact; answers when it is committed. Under load, artifacts share one statement and one commit, but never a failure:
 * of several with one id the first is stored, and only the others are refused.
 * @throws ArtifactExists
 */
export async function insertArtifact(row: ArtifactRow): Promise<void> {
  const batcher = singleton('oidc.insert-batcher', () => new Batcher<ArtifactRow, boolean>(insertMany, BATCHES))
  if (!(await batcher.add(row))) throw new ArtifactExists(`${row.kind} exists`)
}

/** Tells of each row whether it was stored. */
async function insertMany(rows: ArtifactRow[]): Promise<boolean[]> {
  if (rows.length === 1) {
    return [(await pool().query({ name: 'oidc_insert', text: INSERT_NEW, values: parameters(rows[0] as ArtifactRow) })).rowCount === 1]
  }
  const lists = rows.map(parameters)
  const columns = Array.from({ length: 14 }, (_, column) => lists.map((list) => list[column]))
  const stored = await pool().query<{ id_hash: Buffer }>({ name: 'oidc_insert_many', text: INSERT_MANY, values: columns })
  if (stored.rowCount === rows.length) return rows.map(() => true)
  const ids = new Set(stored.rows.map((row) => row.id_hash.toString('hex')))
  // Of several rows with one id, the first in order is the stored one.
  return rows.map((row) => ids.delete(row.idHash.toString('hex')))
}

/**
 * Stores an artifact that the library saves more than once (sessions, interactions). Being consumed is not undone. A session that got
 * another id meanwhile (its person logged in or out in another tab) is not stored again under the one that it left.
 */
export async function upsertArtifact(row: ArtifactRow): Promise<void> {
  const query = { name: 'oidc_upsert', text: UPSERT, values: parameters(row) }
  const { rowCount } = await pool().query(query)
  // Inserted by another request in between: now there is a row to update.
  if (rowCount === 0) await pool().query(query)
}

/** The artifact with this id, consumed or not, unless its client, user or family is gone. Look-ups of one turn share a read. */
export function findArtifact(idHash: Buffer): Promise<FoundArtifact | undefined> {
  return singleton('oidc.find-batcher', () => new Batcher(findMany, BATCHES)).add(idHash)
}

async function findMany(idHashes: Buffer[]): Promise<(FoundArtifact | undefined)[]> {
  const { rows } = await pool().query<FoundArtifact>({ name: 'oidc_find', text: FIND, values: [idHashes] })
  const found = new Map(rows.map((row) => [row.id_hash.toString('hex'), row]))
  return idHashes.map((idHash) => found.get(idHash.toString('hex')))
}

/** The session with this uid. */
export async function findArtifactByUid(uidHash: Buffer): Promise<FoundArtifact | undefined> {
  return (await pool().query<FoundArtifact>({ name: 'oidc_find_uid', text: FIND_BY_UID, values: [uidHash] })).rows[0]
}

/** The device code with this user code. */
export async function findArtifactByUserCode(userCodeHash: Buffer): Promise<FoundArtifact | undefined> {
  return (await pool().query<FoundArtifact>({ name: 'oidc_find_user_code', text: FIND_BY_USER_CODE, values: [userCodeHash] })).rows[0]
}

/** Compare-and-set: true for exactly one caller per artifact, over all processes. Those of one turn share a statement and a commit. */
export function consumeArtifact(idHash: Buffer): Promise<boolean> {
  return singleton('oidc.consume-batcher', () => new Batcher(consumeMany, BATCHES)).add(idHash)
}

async function consumeMany(idHashes: Buffer[]): Promise<boolean[]> {
  const { rows } = await pool().query<{ id_hash: Buffer }>({ name: 'oidc_consume', text: CONSUME, values: [idHashes] })
  const won = new Set(rows.map((row) => row.id_hash.toString('hex')))
  // Of several callers of one turn, the first.
  return idHashes.map((idHash) => won.delete(idHash.toString('hex')))
}

/** Ends the family that this artifact belongs to: its grant, without which nothing of it is found, then its codes and tokens. */
export async function killFamilyOf(idHash: Buffer): Promise<void> {
  const { rows } = await pool().query<{ id_hash: Buffer }>({ name: 'oidc_kill_grant', text: KILL_GRANT, values: [idHash] })
  if (rows[0]) await pool().query({ name: 'oidc_clear_family', text: CLEAR_FAMILY, values: [rows[0].id_hash] })
}

/** Removes one artifact. */
export async function destroyArtifact(idHash: Buffer): Promise<void> {
  await pool().query({ name: 'oidc_destroy', text: DESTROY, values: [idHash] })
}

/** Removes a family's artifacts of one kind. */
export async function destroyByGrant(grantHash: Buffer, kind: string): Promise<void> {
  await pool().query({ name: 'oidc_destroy_grant', text: DESTROY_BY_GRANT, values: [grantHash, kind] })
}
