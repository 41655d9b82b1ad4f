import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { parseInput } from '#lib/input.ts'
import { authorize } from '#lib/teams/index.ts'
import { encodeCursor, findClientPage, orderOf } from './client-page.ts'
import { type ClientDto, clientDto } from './dto.ts'
import { type ListClientsInput, listClientsInput } from './schemas.ts'

export type ClientSummary = ClientDto & {
  /** Of its domains: a client with both is listed with both. */
  modes: ('test' | 'live')[]
  /** The name of who made it. */
  owner: string | null
  deletedAt: string | null
}

export type ClientPage = { clients: ClientSummary[]; nextCursor: string | null; previousCursor: string | null }

/**
 * One page of a team's clients as far as the actor may see them, in the order of `sort`; `search` finds part of a name, an id or the beginning of one. Ask for the
 * pages around it with `nextCursor` and `previousCursor`. `requests` says how busy each client is, for that order. Needs `clients.read`.
 * @throws AppError unauthenticated, not_found, permission_denied, validation_failed (cursor)
 */
export async function listClients({
  ctx,
  input,
  requests = new Map(),
}: {
  ctx: Ctx
  input: ListClientsInput
  requests?: ReadonlyMap<string, number>
}): Promise<ClientPage> {
  const { clientIds } = await authorize(ctx, { teamId: input.teamId, permission: 'clients.read' })
  const parsed = parseInput(listClientsInput, input)
  const { keys, before, after } = await findClientPage(parsed, clientIds, requests)
  const rows = await db().client.findMany({
    where: { teamId: parsed.teamId, id: { in: keys.map(({ id }) => id) } },
    include: { domains: { select: { mode: true } } },
  })
  const owners = await db().user.findMany({
    where: { id: { in: [...new Set(rows.flatMap(({ createdById }) => createdById ?? []))] } },
    select: { id: true, name: true },
  })
  const byId = new Map(rows.map((row) => [row.id, row]))
  const names = new Map(owners.map(({ id, name }) => [id, name]))
  const order = orderOf(parsed)
  const [first, last] = [keys[0], keys.at(-1)]
  return {
    clients: keys.flatMap(({ id }) => {
      const row = byId.get(id)
      if (!row) return []
      const modes = [...new Set(row.domains.map(({ mode }) => mode))].sort().reverse()
      return { ...clientDto(row), modes, owner: names.get(row.createdById ?? '') ?? null, deletedAt: row.deletedAt?.toISOString() ?? null }
    }),
    nextCursor: after && last ? encodeCursor({ ...order, ...last, back: false }) : null,
    previousCursor: before && first ? encodeCursor({ ...order, ...first, back: true }) : null,
  }
}
