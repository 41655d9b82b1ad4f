import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { authorizeClient } from '#lib/teams/index.ts'
import { findTestUsers, type TestUserDto } from './internal.ts'

/**
 * The test users of a client, by address. They are strangers' addresses, so this too needs `domains.manage`.
 * @throws AppError unauthenticated, not_found, permission_denied
 */
export async function listTestUsers({ ctx, input }: { ctx: Ctx; input: { clientId: string } }): Promise<TestUserDto[]> {
  const { client } = await authorizeClient(ctx, { clientId: input.clientId, permission: 'domains.manage' })
  return findTestUsers(db(), client)
}
