import * as z from 'zod'
import { authorizeOperator } from '#lib/authorize-operator.ts'
import type { Ctx } from '#lib/context.ts'
import { db, type Prisma } from '#lib/db.ts'
import { parseInput } from '#lib/input.ts'

const Input = z.object({ search: z.string().max(200).default(''), cursor: z.string().max(100).optional() })
const PAGE = 50

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
  // To Prisma they are what LIKE makes of them.
  const contains = { contains: search.trim().replaceAll(/[\\%_]/g, '\\$&'), mode: 'insensitive' } as const
  const found: Prisma.TeamWhereInput = search.trim() ? { OR: [{ name: contains }, { personalOwner: { email: contains } }] } : {}
  const rows = await db().team.findMany({
    where: { AND: [found, cursor ? { id: { gt: cursor } } : {}] },
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
    nextCursor: rows.length > PAGE ? (shown.at(-1)?.id ?? null) : null,
  }
}

async function requestsThisMonth(teamIds: string[]): Promise<Map<string, number>> {
  const now = new Date()
  const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1))
  const rows = await db().monthlyUsage.findMany({ where: { teamId: { in: teamIds }, month } })
  return new Map(rows.map(({ teamId, requests }) => [teamId, Number(requests)]))
}
