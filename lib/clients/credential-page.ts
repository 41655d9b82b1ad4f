import * as z from 'zod'
import { foreignCursor, readCursor, writeCursor } from '#lib/cursor.ts'
import { db, Prisma } from '#lib/db.ts'
import { likePattern } from '#lib/search.ts'
import type { CREDENTIAL_FINDINGS, listCredentialsInput } from './schemas.ts'

export type CredentialFinding = (typeof CREDENTIAL_FINDINGS)[number]

type Query = z.output<typeof listCredentialsInput>
type Order = { sort: Query['sort']; ascending: boolean }
/** A place in the order: what it is sorted by, and the secret's id, since many may share that. */
type Place = { id: string; key: string }

export type CredentialRow = Place & {
  client_id: string
  client_name: string
  hint: string
  label: string | null
  mode: 'test' | 'live'
  created_at: Date
  expires_at: Date | null
  last_used_at: Date | null
  last_used_ip: string | null
  browser_seen_at: Date | null
  /** The hint of the one that took over from it and works. */
  replaced_by: string | null
  findings: CredentialFinding[]
}

/** Later than any end: a secret without one comes after all that have one. */
const NEVER_MS = 8_640_000_000_000_000

const cursorShape = z.tuple([z.string(), z.boolean(), z.boolean(), z.string().max(1000), z.string().regex(/^[\w-]{1,100}$/)])

/** A place, and the way to read on from there. */
export function credentialCursor(query: Query, { key, id }: Place, back: boolean): string {
  const { sort, ascending } = orderOf(query)
  return writeCursor([sort, ascending, back, key, id])
}

/** The working secrets of a team's clients (of `clientIds` only, when given), with what may be wrong with each. */
function livingWithFindings({ teamId, search }: Query, clientIds: readonly string[] | null, now: Date): Prisma.Sql {
  const text = search ? likePattern(search) : null
  return Prisma.sql`
    living AS (
      SELECT s.*, c.name AS client_name,
        (SELECT r.hint FROM client_secrets r WHERE r.client_id = s.client_id AND r.replaces_id = s.id AND r.revoked_at IS NULL
           AND (r.expires_at IS NULL OR r.expires_at > ${now}) ORDER BY r.created_at DESC LIMIT 1) AS replaced_by
      FROM client_secrets s JOIN clients c ON c.id = s.client_id
      WHERE c.team_id = ${teamId} AND c.deleted_at IS NULL AND s.revoked_at IS NULL AND (s.expires_at IS NULL OR s.expires_at > ${now})
        AND (${clientIds === null} OR c.id = ANY(${[...(clientIds ?? [])]}::text[]))
        AND (${text}::text IS NULL OR c.name ILIKE ${text} OR s.label ILIKE ${text} OR s.hint = ${search ?? ''})
    ), found AS (
      SELECT l.*, array_remove(ARRAY[
        CASE WHEN browser_seen_at IS NOT NULL THEN 'in_browser' END,
        CASE WHEN expires_at <= ${now}::timestamptz + interval '30 days' THEN 'expires_soon' END,
        CASE WHEN replaced_by IS NOT NULL THEN 'replaced' END,
        CASE WHEN coalesce(last_used_at, created_at) <= ${now}::timestamptz - interval '90 days' THEN 'unused' END,
        CASE WHEN created_at <= ${now}::timestamptz - interval '1 year' THEN 'old' END,
        CASE WHEN last_used_at IS NULL THEN 'never_used' END
      ], NULL) AS findings
      FROM living l
    )`
}

/** Ids of one page, in order, and whether there is something before and after it. */
export async function findCredentialPage(
  query: Query,
  clientIds: readonly string[] | null,
  now: Date,
): Promise<{ rows: CredentialRow[]; before: boolean; after: boolean }> {
  const order = orderOf(query)
  const cursor = query.cursor === undefined ? null : placeOf(query.cursor, order)
  const back = cursor?.back ?? false
  // Backwards, the order is turned round, and the page after reading.
  const ascending = order.ascending !== back
  const key = keyOf(order.sort)
  const conditions = [Prisma.sql`true`]
  if (query.finding === 'any') conditions.push(Prisma.sql`cardinality(findings) > 0`)
  else if (query.finding) conditions.push(Prisma.sql`${query.finding} = ANY(findings)`)
  if (cursor) {
    const value = order.sort === 'client' ? Prisma.sql`${cursor.key} COLLATE "C"` : Prisma.sql`${cursor.key}::bigint`
    conditions.push(Prisma.sql`(${key}, id COLLATE "C") ${ascending ? Prisma.sql`>` : Prisma.sql`<`} (${value}, ${cursor.id} COLLATE "C")`)
  }
  const way = ascending ? Prisma.sql`ASC` : Prisma.sql`DESC`
  const rows = await db().$queryRaw<CredentialRow[]>`
    WITH ${livingWithFindings(query, clientIds, now)}
    SELECT id, (${key})::text AS key, client_id, client_name, hint, label, mode::text, created_at, expires_at, last_used_at, last_used_ip,
      browser_seen_at, replaced_by, findings
    FROM found WHERE ${Prisma.join(conditions, ' AND ')}
    ORDER BY ${key} ${way}, id COLLATE "C" ${way} LIMIT ${query.limit + 1}`
  const more = rows.length > query.limit
  const page = rows.slice(0, query.limit)
  if (back) return { rows: page.reverse(), before: more, after: true }
  return { rows: page, before: cursor !== null, after: more }
}

/** How many secrets there are (`all`), how many have any finding (`any`), and how many each. */
export async function countFindings(query: Query, clientIds: readonly string[] | null, now: Date): Promise<Map<string, number>> {
  const rows = await db().$queryRaw<{ name: string; count: number }[]>`
    WITH ${livingWithFindings({ ...query, search: undefined }, clientIds, now)}
    SELECT finding AS name, count(*)::int AS count FROM found, unnest(findings || 'all'::text || CASE WHEN cardinality(findings) > 0 THEN 'any' END) AS finding
    WHERE finding IS NOT NULL GROUP BY 1`
  return new Map(rows.map(({ name, count }) => [name, count]))
}

function orderOf({ sort, direction }: Pick<Query, 'sort' | 'direction'>): Order {
  return { sort, ascending: direction ? direction === 'asc' : sort !== 'finding' }
}

function keyOf(sort: Order['sort']): Prisma.Sql {
  switch (sort) {
    case 'client':
      return Prisma.sql`lower(client_name) COLLATE "C"`
    case 'created':
      return Prisma.sql`(extract(epoch FROM created_at) * 1000)::bigint`
    case 'used':
      return Prisma.sql`coalesce((extract(epoch FROM last_used_at) * 1000)::bigint, 0)`
    case 'expires':
      return Prisma.sql`coalesce((extract(epoch FROM expires_at) * 1000)::bigint, ${NEVER_MS})`
    default:
      // The worst of them decides, then the next.
      return Prisma.sql`(SELECT coalesce(sum(CASE f WHEN 'in_browser' THEN 32 WHEN 'expires_soon' THEN 16 WHEN 'replaced' THEN 8
        WHEN 'unused' THEN 4 WHEN 'old' THEN 2 ELSE 1 END), 0)::bigint FROM unnest(findings) AS f)`
  }
}

function placeOf(cursor: string, order: Order): Place & { back: boolean } {
  const [sort, ascending, back, key, id] = readCursor(cursor, cursorShape)
  const plausible = sort === 'client' ? !key.includes('\0') : /^-?\d{1,18}$/.test(key)
  if (sort !== order.sort || ascending !== order.ascending || !plausible) throw foreignCursor()
  return { back, key, id }
}
