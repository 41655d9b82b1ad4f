import * as z from 'zod'
import type { Ctx } from '#lib/context.ts'
import { placeInTime, readCursor, writeCursor } from '#lib/cursor.ts'
import { db, Prisma } from '#lib/db.ts'
import { parseInput } from '#lib/input.ts'
import { listClientScopes } from '#lib/scopes/index.ts'
import { searchText } from '#lib/search.ts'
import { authorizeClient } from '#lib/teams/index.ts'
import { disclosedTo } from './disclosed-to.ts'
import { matchingPeople } from './matching-people.ts'

/** Someone who allowed the client something, as its team may see them. */
export type PersonDto = {
  sub: string
  /** Null: they did not let the client know. */
  name: string | null
  email: string | null
  scopes: string[]
  /** Optional scopes that they left out. */
  declined: string[]
  /** ISO 8601 */
  connectedAt: string
  lastLoginAt: string | null
}

const schema = z.object({
  clientId: z.string(),
  search: searchText.optional(),
  limit: z.number().int().min(1).max(100).default(50),
  cursor: z.string().max(200).optional(),
})

type Row = {
  id: string
  sub: string
  name: string
  email: string
  scopes: string[]
  declined: string[]
  created_at: Date
  last_login_at: Date | null
}

/**
 * One page of the people connected to a client, newest first. Of each only what they let the client know: its team is no other reader.
 * Needs `logs.read`.
 * @throws AppError unauthenticated, not_found, permission_denied, validation_failed
 */
export async function listPeople({
  ctx,
  input,
}: {
  ctx: Ctx
  input: z.input<typeof schema>
}): Promise<{ people: PersonDto[]; nextCursor: string | null }> {
  const { client } = await authorizeClient(ctx, { clientId: input.clientId, permission: 'logs.read' })
  const { search, limit, cursor } = parseInput(schema, input)
  const has = (await listClientScopes(db(), client)).map(({ name }) => name)
  const found = search ? Prisma.sql`AND c.user_id IN (${matchingPeople(client.id, has, search)})` : Prisma.empty
  const rows = await db().$queryRaw<Row[]>`
    SELECT c.id, u.sub, u.name, u.email, c.scopes, c.declined, c.created_at, c.last_login_at
    FROM consents c JOIN users u ON u.id = c.user_id
    WHERE c.client_id = ${client.id} ${found} ${cursor ? after(cursor) : Prisma.empty}
    ORDER BY c.created_at DESC, c.id DESC LIMIT ${limit + 1}`
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    people: page.map((row) => ({
      sub: row.sub,
      ...disclosedTo(has, row),
      scopes: row.scopes.filter((scope) => has.includes(scope)),
      declined: row.declined.filter((scope) => has.includes(scope)),
      connectedAt: row.created_at.toISOString(),
      lastLoginAt: row.last_login_at?.toISOString() ?? null,
    })),
    nextCursor: rows.length > limit && last ? writeCursor([last.created_at, last.id]) : null,
  }
}

/** A cursor only says where to go on among what the actor may see anyway. */
function after(cursor: string): Prisma.Sql {
  const [createdAt, id] = readCursor(cursor, placeInTime)
  return Prisma.sql`AND (c.created_at, c.id) < (${createdAt}, ${id})`
}
