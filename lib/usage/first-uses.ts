import type { Ctx } from '#lib/context.ts'
import { authorizeClient } from '#lib/teams/index.ts'
import { readFirstUses } from './first-uses.sql.ts'

/** What a new client has been seen to do. */
export type FirstUses = { token: boolean; login: boolean; apiCall: boolean }

/** Whether a client has ever got a token, had someone log in, and called the API with success. Needs `clients.read`. @throws AppError unauthenticated, not_found, permission_denied */
export async function firstUsesOfClient({ ctx, input }: { ctx: Ctx; input: { clientId: string } }): Promise<FirstUses> {
  const { client } = await authorizeClient(ctx, { clientId: input.clientId, permission: 'clients.read' })
  return readFirstUses(client.teamId, client.id)
}
