import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { authorizeClient } from '#lib/teams/index.ts'
import type { SecretDto } from './dto.ts'
import { findSecrets } from './internal.ts'

/** The secrets of a client, newest first, without values or hashes. Needs `clients.read`. @throws AppError */
export async function listSecrets({ ctx, input }: { ctx: Ctx; input: { clientId: string } }): Promise<SecretDto[]> {
  const { client } = await authorizeClient(ctx, { clientId: input.clientId, permission: 'clients.read' })
  return findSecrets(db(), client)
}
