import type { Ctx } from '#lib/context.ts'
import { authorizeClient } from '#lib/teams/index.ts'

/** Why a client is restricted, since when, and whether the team may lift it itself. */
export type RestrictionDetail = { reason: string | null; byOperator: boolean; at: string }

/**
 * The restriction of a client; null when there is none. Needs `clients.read`.
 * @throws AppError unauthenticated, not_found, permission_denied
 */
export async function getRestriction({ ctx, input }: { ctx: Ctx; input: { clientId: string } }): Promise<RestrictionDetail | null> {
  const { client } = await authorizeClient(ctx, { clientId: input.clientId, permission: 'clients.read' })
  if (client.restrictedAt === null) return null
  return { reason: client.restrictedReason, byOperator: client.restrictedByOperator, at: client.restrictedAt.toISOString() }
}
