import * as z from 'zod'
import { foreignCursor, readCursor, writeCursor } from '#lib/cursor.ts'
import { db, Prisma } from '#lib/db.ts'
import { likePattern, literal } from '#lib/search.ts'
import { restorableSince } from './purge-deleted-clients.ts'
import type { listClientsInput } from './schemas.ts'

type Query = z.output<typeof listClientsInput>
type Order = { sort: Query['sort']; direction: 'asc' | 'desc' }

/** A client's place in the order: what it is sorted by, and its id, since many may share that. */
type Place = { id: string; key: string }

const cursorShape = z.tuple([
  z.enum(['created', 'name', 'used', 'requests']),
  z.enum(['asc', 'desc']),
  z.boolean(),
  z.string().max(1000),
  z.string().regex(/^[\w-]{1,100}$/),
])

/** The order that a query asks for. */
export function orderOf({ sort, direction }: Pick<Query, 'sort' | 'direction'>): Order {
  return { sort, direction: direction ?? (sort === 'name' ? 'asc' : 'desc') }
}

/** A place, and the way to read on from there. */
export function encodeCursor({ sort, direction, back, key, id }: Order & Place & { back: boolean }): string {
  return writeCursor([sort, direction, back, key, id])
}

/** Ids of one page, in order, and whether there is something before and after it. */
export async function findClientPage(
  query: Query,
  clientIds: readonly string[] | null,
  requests: ReadonlyMap<string, number>,
): Promise<{ keys: Place[]; before: boolean; after: boolean }> {
  const order = orderOf(query)
  const cursor = query.cursor === undefined ? null : placeOf(query.cursor, order)
  const back = cursor?.back ?? false
  // Backwards, the order is turned round, and the page after reading.
  const ascending = (order.direction === 'asc') !== back
  const key = keyOf(order.sort)
  const conditions = conditionsOf(query, clientIds)
  if (cursor) {
    const sign = ascending ? Prisma.sql`>` : Prisma.sql`<`
    conditions.push(Prisma.sql`(${key}, c.id COLLATE "C") ${sign} (${placeValue(cursor, order.sort)}, ${cursor.id} COLLATE "C")`)
  }
  const busy = [...requests]
  const uses = Prisma.sql`LEFT JOIN unnest(${busy.map(([id]) => id)}::text[], ${busy.map(([, count]) => count)}::bigint[]) AS u (id, requests) ON u.id = c.id`
  const way = ascending ? Prisma.sql`ASC` : Prisma.sql`DESC`
  const rows = await db().$queryRaw<Place[]>`
    SELECT c.id, ${order.sort === 'created' ? Prisma.sql`(extract(epoch FROM c.created_at) * 1000)::bigint::text` : Prisma.sql`(${key})::text`} AS key
    FROM clients c ${order.sort === 'requests' ? uses : Prisma.empty}
    WHERE ${Prisma.join(conditions, ' AND ')}
    ORDER BY ${key} ${way}, c.id COLLATE "C" ${way} LIMIT ${query.limit + 1}`
  const more = rows.length > query.limit
  const keys = rows.slice(0, query.limit)
  if (back) return { keys: keys.reverse(), before: more, after: true }
  return { keys, before: cursor !== null, after: more }
}

/** What lists are sorted by. The first two have an index, which a page is read from. */
function keyOf(sort: Order['sort']): Prisma.Sql {
  switch (sort) {
    case 'name':
      return Prisma.sql`lower(c.name) COLLATE "C"`
    case 'used':
      return Prisma.sql`coalesce((extract(epoch FROM c.last_used_at) * 1000)::bigint, 0)`
    case 'requests':
      return Prisma.sql`coalesce(u.requests, 0)`
    default:
      return Prisma.sql`c.created_at`
  }
}

function placeValue({ key }: Place, sort: Order['sort']): Prisma.Sql {
  if (sort === 'name') return Prisma.sql`${key} COLLATE "C"`
  if (sort === 'created') return Prisma.sql`'epoch'::timestamptz + ${key}::bigint * interval '1 millisecond'`
  return Prisma.sql`${key}::bigint`
}

function conditionsOf({ teamId, search, status, mode, type }: Query, clientIds: readonly string[] | null): Prisma.Sql[] {
  const conditions = [Prisma.sql`c.team_id = ${teamId}`]
  if (status === 'deleted') conditions.push(Prisma.sql`c.deleted_at >= ${restorableSince()}`)
  else conditions.push(Prisma.sql`c.deleted_at IS NULL`)
  if (status === 'restricted') conditions.push(Prisma.sql`c.restricted_at IS NOT NULL`)
  if (status === 'active' || status === 'disabled') {
    conditions.push(Prisma.sql`c.status::text = ${status} AND c.restricted_at IS NULL`)
  }
  if (mode) conditions.push(Prisma.sql`EXISTS (SELECT 1 FROM domains d WHERE d.client_id = c.id AND d.mode::text = ${mode})`)
  // The same as kindOf.
  const machine = Prisma.sql`('client_credentials' = ANY(c.grant_types) AND NOT 'authorization_code' = ANY(c.grant_types))`
  if (type === 'machine') conditions.push(machine)
  else if (type) conditions.push(Prisma.sql`c.application_type::text = ${type} AND NOT ${machine}`)
  if (clientIds) conditions.push(Prisma.sql`c.id = ANY(${[...clientIds]}::text[])`)
  if (search) conditions.push(Prisma.sql`(c.name ILIKE ${likePattern(search)} OR c.id LIKE ${`${literal(search)}%`})`)
  return conditions
}

function placeOf(cursor: string, order: Order): Place & { back: boolean } {
  const [sort, direction, back, key, id] = readCursor(cursor, cursorShape)
  const plausible = sort === 'name' ? !key.includes('\0') : /^-?\d{1,14}$/.test(key)
  if (sort !== order.sort || direction !== order.direction || !plausible) throw foreignCursor()
  return { back, key, id }
}
