import * as z from 'zod'
import { authorizeOperator } from '#lib/authorize-operator.ts'
import type { Ctx } from '#lib/context.ts'
import { placeId, placeInTime, readCursor, writeCursor } from '#lib/cursor.ts'
import { db, type Prisma } from '#lib/db.ts'
import { parseInput } from '#lib/input.ts'
import { literal, searchText } from '#lib/search.ts'

const Input = z.object({
  search: searchText.default(''),
  /** False: all clients. */
  restricted: z.boolean().default(true),
  cursor: z.string().max(300).optional(),
})
const PAGE = 50

/** A client as operators see it. */
export type ListedClient = {
  id: string
  name: string
  status: 'active' | 'disabled'
  team: { id: string; name: string; owner: string | null }
  lastUsedAt: string | null
  restriction: { at: string; reason: string | null; byOperator: boolean } | null
}

/**
 * The restricted clients of the installation, latest first, or all clients, by name, id, team or its owner's address; page by page. For operators.
 * @throws AppError unauthenticated, not_found, validation_failed
 */
export async function listAllClients({
  ctx,
  input = {},
}: {
  ctx: Ctx
  input?: z.input<typeof Input>
}): Promise<{ clients: ListedClient[]; nextCursor: string | null }> {
  authorizeOperator(ctx)
  const { search, restricted, cursor } = parseInput(Input, input)
  const rows = await db().client.findMany({
    where: { AND: [{ deletedAt: null, ...(restricted ? { restrictedAt: { not: null } } : {}) }, found(search), after(cursor, restricted)] },
    orderBy: restricted ? [{ restrictedAt: 'desc' }, { id: 'desc' }] : [{ id: 'desc' }],
    take: PAGE + 1,
    select: {
      id: true,
      name: true,
      status: true,
      lastUsedAt: true,
      restrictedAt: true,
      restrictedReason: true,
      restrictedByOperator: true,
      team: { select: { id: true, name: true, personalOwner: { select: { email: true } } } },
    },
  })
  const last = rows.slice(0, PAGE).at(-1)
  return {
    clients: rows.slice(0, PAGE).map(({ team, lastUsedAt, restrictedAt, restrictedReason, restrictedByOperator, ...client }) => ({
      ...client,
      team: { id: team.id, name: team.name, owner: team.personalOwner?.email ?? null },
      lastUsedAt: lastUsedAt?.toISOString() ?? null,
      restriction: restrictedAt && { at: restrictedAt.toISOString(), reason: restrictedReason, byOperator: restrictedByOperator },
    })),
    nextCursor: rows.length > PAGE && last ? writeCursor(restricted ? [last.restrictedAt, last.id] : [last.id]) : null,
  }
}

function found(search: string): Prisma.ClientWhereInput {
  if (!search) return {}
  const text = literal(search)
  const contains = { contains: text, mode: 'insensitive' } as const
  return {
    OR: [{ id: { startsWith: text } }, { name: contains }, { team: { OR: [{ name: contains }, { personalOwner: { email: contains } }] } }],
  }
}

/** What comes after a cursor. */
function after(cursor: string | undefined, restricted: boolean): Prisma.ClientWhereInput {
  if (!cursor) return {}
  if (!restricted) {
    const [id] = readCursor(cursor, z.tuple([placeId]))
    return { id: { lt: id } }
  }
  const [at, id] = readCursor(cursor, placeInTime)
  return { OR: [{ restrictedAt: { lt: at } }, { restrictedAt: at, id: { lt: id } }] }
}
