import type { Ctx } from '#lib/context.ts'
import { db, type Prisma } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { parseInput } from '#lib/input.ts'
import { authorize } from '#lib/teams/index.ts'
import { type ClientDto, clientDto } from './dto.ts'
import { literal } from './internal.ts'
import { type ListClientsInput, listClientsInput } from './schemas.ts'

export type ClientSummary = ClientDto & {
  /** Of its domains: a client with both is listed with both. */
  modes: ('test' | 'live')[]
}

/**
 * One page of a team's clients, newest first, as far as the actor may see them; `search` finds part of a name or an id. Ask for the next
 * page with `nextCursor`. Needs `clients.read`.
 * @throws AppError unauthenticated, not_found, permission_denied, validation_failed (cursor)
 */
export async function listClients({
  ctx,
  input,
}: {
  ctx: Ctx
  input: ListClientsInput
}): Promise<{ clients: ClientSummary[]; nextCursor: string | null }> {
  const { clientIds } = await authorize(ctx, { teamId: input.teamId, permission: 'clients.read' })
  const { teamId, search, limit, cursor } = parseInput(listClientsInput, input)
  const conditions: Prisma.ClientWhereInput[] = []
  if (clientIds) conditions.push({ id: { in: [...clientIds] } })
  if (search) conditions.push({ OR: [{ id: search }, { name: { contains: literal(search), mode: 'insensitive' } }] })
  if (cursor) conditions.push(after(cursor))

  const rows = await db().client.findMany({
    where: { teamId, deletedAt: null, AND: conditions },
    include: { domains: { select: { mode: true } } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit + 1,
  })
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    clients: page.map((row) => ({ ...clientDto(row), modes: [...new Set(row.domains.map(({ mode }) => mode))].sort().reverse() })),
    nextCursor: rows.length > limit && last ? Buffer.from(`${last.createdAt.toISOString()} ${last.id}`).toString('base64url') : null,
  }
}

function after(cursor: string): Prisma.ClientWhereInput {
  const [, time = '', id = ''] = /^(\d{4}-[\d:.T-]+Z) ([\w-]+)$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  const createdAt = new Date(time)
  if (Number.isNaN(createdAt.getTime())) {
    throw new AppError('validation_failed', {
      message: 'cursor: not one of ours',
      fields: [{ path: 'cursor', message: 'Not one of ours', code: 'invalid' }],
    })
  }
  return { OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: id } }] }
}
