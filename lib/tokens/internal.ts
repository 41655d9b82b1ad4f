import { matchingPeople } from '#lib/connections/index.ts'
import { type Db, Prisma } from '#lib/db.ts'
import type { Position } from './reference.ts'

/** Most authorizations of a busy client have ended. So many are read at a time, and so many times for one page, in search of living ones. */
const WINDOW = 250
const WINDOWS = 8

export type AuthorizationRow = {
  id_hash: Uint8Array
  account_id: string
  created_at: Date
  mode: 'test' | 'live' | null
  host: string | null
  name: string | null
  email: string | null
  consented: string[] | null
  /** Of the newest living token. Null: the authorization has ended, or has no token left. */
  scope: string | null
  access: boolean
  refresh: boolean
  last_issued_at: Date
  expires_at: Date
}

type Asked = { limit: number; from: Position | null }
type Found<Row> = { rows: Row[]; next: { at: Date; idHash: Uint8Array } | null }

function after(from: Position | null): Prisma.Sql {
  return from ? Prisma.sql`AND (a.created_at, a.id_hash) < (${from.at}, ${from.idHash})` : Prisma.empty
}

/** Authorizations of a client with at least one living token, newest first. The caller has authorized the actor for the client. */
export async function findAuthorizations(
  tx: Db,
  clientId: string,
  { limit, from, search, clientScopes }: Asked & { search: string | undefined; clientScopes: readonly string[] },
): Promise<Found<AuthorizationRow>> {
  const found = search
    ? Prisma.sql`AND a.account_id IN (SELECT sub FROM users WHERE id IN (${matchingPeople(clientId, clientScopes, search)}))`
    : Prisma.empty
  const living: AuthorizationRow[] = []
  let next = from
  for (let window = 0; window < WINDOWS && living.length <= limit; window++) {
    const rows = await readWindow(tx, clientId, found, next)
    living.push(...rows.filter(({ alive }) => alive))
    const last = rows.length === WINDOW ? rows.at(-1) : undefined
    next = last ? { at: last.created_at, idHash: Buffer.from(last.id_hash) } : null
    if (!next) break
  }
  const page = living.slice(0, limit)
  const last = living.length > limit ? page.at(-1) : undefined
  return { rows: page, next: last ? { at: last.created_at, idHash: last.id_hash } : next }
}

function readWindow(
  tx: Db,
  clientId: string,
  found: Prisma.Sql,
  from: Position | null,
): Promise<(AuthorizationRow & { alive: boolean })[]> {
  return tx.$queryRaw`
    SELECT a.id_hash, a.account_id, a.created_at, a.mode, d.host, u.name, u.email, c.scopes AS consented,
      t.scope, coalesce(t.access, false) AS access, coalesce(t.refresh, false) AS refresh, t.last_issued_at, t.expires_at,
      t.last_issued_at IS NOT NULL AS alive
    FROM (
      SELECT a.id_hash, a.client_id, a.account_id, a.created_at, a.mode, a.domain_id, a.expires_at FROM oidc_artifacts a
      WHERE a.client_id = ${clientId} AND a.kind = 'Grant' ${found} ${after(from)}
      ORDER BY a.created_at DESC, a.id_hash DESC LIMIT ${WINDOW}
    ) a
    LEFT JOIN LATERAL (
      SELECT (array_agg(t.scope ORDER BY t.created_at DESC))[1] AS scope, bool_or(t.kind = 'AccessToken') AS access,
        bool_or(t.kind = 'RefreshToken') AS refresh, max(t.created_at) AS last_issued_at, max(t.expires_at) AS expires_at
      FROM oidc_artifacts t
      WHERE t.grant_hash = a.id_hash AND t.kind IN ('AccessToken', 'RefreshToken') AND t.consumed_at IS NULL AND t.expires_at > now()
        AND a.expires_at > now()
    ) t ON true
    LEFT JOIN domains d ON d.id = a.domain_id
    LEFT JOIN users u ON u.sub = a.account_id
    LEFT JOIN consents c ON c.user_id = u.id AND c.client_id = a.client_id
    ORDER BY a.created_at DESC, a.id_hash DESC`
}

export type ApplicationTokenRow = {
  id_hash: Uint8Array
  scope: string | null
  mode: 'test' | 'live' | null
  created_at: Date
  expires_at: Date
}

/** Living tokens that a client got by client credentials, newest first. The caller has authorized the actor for the client. */
export async function findApplicationTokens(tx: Db, clientId: string, { limit, from }: Asked): Promise<Found<ApplicationTokenRow>> {
  const rows = await tx.$queryRaw<ApplicationTokenRow[]>`
    SELECT a.id_hash, a.scope, a.mode, a.created_at, a.expires_at FROM oidc_artifacts a
    WHERE a.client_id = ${clientId} AND a.account_id IS NULL AND a.kind = 'ClientCredentials' AND a.expires_at > now() ${after(from)}
    ORDER BY a.created_at DESC, a.id_hash DESC LIMIT ${limit + 1}`
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return { rows: page, next: last ? { at: last.created_at, idHash: last.id_hash } : null }
}
