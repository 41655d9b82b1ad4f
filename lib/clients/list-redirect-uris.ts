import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { authorizeClient } from '#lib/teams/index.ts'
import type { RedirectUriDto } from './dto.ts'
import { findRedirectUris } from './internal.ts'

/** The redirect URIs of a client, of log-in and log-out, in the order they were added. Needs `clients.read`. @throws AppError */
export async function listRedirectUris({ ctx, input }: { ctx: Ctx; input: { clientId: string } }): Promise<RedirectUriDto[]> {
  const { client } = await authorizeClient(ctx, { clientId: input.clientId, permission: 'clients.read' })
  return findRedirectUris(db(), client)
}
