import type { Ctx } from '#lib/context.ts'
import { db, type Prisma } from '#lib/db.ts'
import { parseInput } from '#lib/input.ts'
import { literal } from '#lib/search.ts'
import { authorizeEverywhere } from '#lib/teams/index.ts'
import { type FindClientsInput, findClientsInput } from './schemas.ts'

/** A client as a search shows it. */
export type FoundClient = {
  id: string
  name: string
  status: 'active' | 'disabled'
  restricted: boolean
  team: { id: string; name: string }
}

const SELECT = {
  id: true,
  name: true,
  status: true,
  restrictedAt: true,
  team: { select: { id: true, name: true } },
} satisfies Prisma.ClientSelect

/**
 * Clients of all the person's teams whose name or id has `search` in it: those that begin with it first. Without it, the last used ones. Only
 * what they may read. @throws AppError unauthenticated
 */
export async function findClients({ ctx, input }: { ctx: Ctx; input: FindClientsInput }): Promise<FoundClient[]> {
  const accesses = await authorizeEverywhere(ctx, 'clients.read')
  const { search, limit } = parseInput(findClientsInput, input)
  // Prisma drops an empty OR beside other conditions: it would find everybody's.
  if (accesses.length === 0) return []
  const theirs: Prisma.ClientWhereInput = {
    deletedAt: null,
    OR: accesses.map(({ teamId, clientIds }) => ({ teamId, ...(clientIds ? { id: { in: [...clientIds] } } : {}) })),
  }
  if (!search) {
    const orderBy: Prisma.ClientOrderByWithRelationInput[] = [{ lastUsedAt: { sort: 'desc', nulls: 'last' } }, { createdAt: 'desc' }]
    return (await db().client.findMany({ where: theirs, select: SELECT, orderBy, take: limit })).map(found)
  }
  const text = literal(search)
  const begins = { OR: [{ id: { startsWith: text } }, { name: { startsWith: text, mode: 'insensitive' as const } }] }
  const first = await db().client.findMany({ where: { AND: [theirs, begins] }, select: SELECT, orderBy: [{ name: 'asc' }], take: limit })
  const holds = { name: { contains: text, mode: 'insensitive' as const }, id: { notIn: first.map(({ id }) => id) } }
  const rest =
    first.length < limit
      ? await db().client.findMany({
          where: { AND: [theirs, holds] },
          select: SELECT,
          orderBy: [{ name: 'asc' }],
          take: limit - first.length,
        })
      : []
  return [...first, ...rest].map(found)
}

function found({ restrictedAt, ...client }: Prisma.ClientGetPayload<{ select: typeof SELECT }>): FoundClient {
  return { ...client, restricted: restrictedAt !== null }
}
