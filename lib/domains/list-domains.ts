import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { authorizeClient } from '#lib/teams/index.ts'
import type { DomainDto } from './dto.ts'
import { listClientDomains } from './internal.ts'

/** The domains of a client, the primary one first, then in the order they were added. Needs `clients.read`. @throws AppError */
export async function listDomains({ ctx, input }: { ctx: Ctx; input: { clientId: string } }): Promise<DomainDto[]> {
  const { client } = await authorizeClient(ctx, { clientId: input.clientId, permission: 'clients.read' })
  return listClientDomains(db(), client)
}
