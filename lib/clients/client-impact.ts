import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { countClientTokens } from '#lib/grants/index.ts'
import { authorizeClient } from '#lib/teams/index.ts'

/** What stops working when a client is disabled or deleted. */
export type ClientImpact = { liveDomains: number; users: number; tokens: number; lastUsedAt: string | null }

/** Says what disabling or deleting a client would break. Needs `clients.read`. @throws AppError unauthenticated, not_found, permission_denied */
export async function clientImpact({ ctx, input }: { ctx: Ctx; input: { clientId: string } }): Promise<ClientImpact> {
  const { client } = await authorizeClient(ctx, { clientId: input.clientId, permission: 'clients.read' })
  const [liveDomains, users, tokens] = await Promise.all([
    db().domain.count({ where: { clientId: client.id, mode: 'live', active: true } }),
    db().consent.count({ where: { clientId: client.id } }),
    countClientTokens(db(), client.id),
  ])
  return { liveDomains, users, tokens, lastUsedAt: client.lastUsedAt?.toISOString() ?? null }
}
