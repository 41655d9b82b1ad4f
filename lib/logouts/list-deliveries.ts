import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { authorizeClient } from '#lib/teams/index.ts'

export type LogoutDeliveryDto = {
  id: string
  state: 'delivered' | 'waiting' | 'given_up'
  attempts: number
  /** `status_500`, `timeout`, `private_address`, … of the last attempt. */
  lastError: string | null
  at: string
  nextAt: string | null
}

const LISTED = 10

/** The newest back-channel log-outs of a client and what became of them. Needs `clients.read`. @throws AppError unauthenticated, not_found, permission_denied */
export async function listLogoutDeliveries({ ctx, input }: { ctx: Ctx; input: { clientId: string } }): Promise<LogoutDeliveryDto[]> {
  const { client } = await authorizeClient(ctx, { clientId: input.clientId, permission: 'clients.read' })
  const rows = await db().logoutDelivery.findMany({
    where: { clientId: client.id },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: LISTED,
  })
  return rows.map((row) => {
    const state = row.deliveredAt ? 'delivered' : row.givenUpAt ? 'given_up' : 'waiting'
    return {
      id: row.id,
      state,
      attempts: row.attempts,
      lastError: row.lastError,
      at: row.createdAt.toISOString(),
      nextAt: state === 'waiting' && row.attempts > 0 ? row.nextAt.toISOString() : null,
    }
  })
}
