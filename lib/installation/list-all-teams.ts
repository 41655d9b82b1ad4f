import * as z from 'zod'
import { authorizeOperator } from '#lib/authorize-operator.ts'
import type { Ctx } from '#lib/context.ts'
import { placeId, readCursor, writeCursor } from '#lib/cursor.ts'
import { db, type Prisma } from '#lib/db.ts'
import { parseInput } from '#lib/input.ts'
import { literal, searchText } from '#lib/search.ts'

const Input = z.object({ search: searchText.default(''), cursor: z.string().max(300).optional() })
const PAGE = 50
const place = z.tuple([placeId])

/** A team as operators see it. `requests`: live ones of this UTC month. `request`: what it asked for, when it did. */
export type ListedTeam = {
  id: string
  name: string
  owner: string | null
  plan: string | null
  clients: number
  members: number
  requests: number
  asked: { plan: string; message: string } | null
}

/** Every team, by name or its owner's address, page by page. For operators. @throws AppError unauthenticated, not_found, validation_failed */
export async function listAllTeams({
  ctx,
  input = {},
}: {
  ctx: Ctx
  input?: z.input<typeof Input>
}): Promise<{ teams: ListedTeam[]; nextCursor: string | null }> {
  authorizeOperator(ctx)
  const { search, cursor } = parseInput(Input, input)
  const contains = { contains: literal(search), mode: 'insensitive' } as const
  const found: Prisma.TeamWhereInput = search ? { OR: [{ name: contains }, { personalOwner: { email: contains } }] } : {}
  const [after] = cursor ? readCursor(cursor, place) : []
  const rows = await db().team.findMany({
    where: { AND: [found, after ? { id: { gt: after } } : {}] },
    orderBy: { id: 'asc' },
    take: PAGE + 1,
    select: {
      id: true,
      name: true,
      planKey: true,
      personalOwner: { select: { email: true } },
      planRequests: { where: { closedAt: null }, orderBy: { createdAt: 'desc' }, take: 1, select: { planKey: true, message: true } },
      _count: { select: { clients: { where: { deletedAt: null } }, members: true } },
    },
  })
  const shown = rows.slice(0, PAGE)
  const last = shown.at(-1)
  const used = await requestsThisMonth(shown.map(({ id }) => id))
  return {
    teams: shown.map(({ id, name, planKey, personalOwner, planRequests: [asked], _count }) => ({
      id,
      name,
      owner: personalOwner?.email ?? null,
      plan: planKey,
      clients: _count.clients,
      members: _count.members,
      requests: used.get(id) ?? 0,
      asked: asked ? { plan: asked.planKey, message: asked.message } : null,
    })),
    nextCursor: rows.length > PAGE && last ? writeCursor([last.id]) : null,
  }
}

async function requestsThisMonth(teamIds: string[]): Promise<Map<string, number>> {
  const now = new Date()
  const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1))
  const rows = await db().monthlyUsage.findMany({ where: { teamId: { in: teamIds }, month } })
  return new Map(rows.map(({ teamId, requests }) => [teamId, Number(requests)]))
}
