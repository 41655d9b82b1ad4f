import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import type { Access } from './authorize.ts'
import { findMemberships, isOwnerRole } from './internal.ts'
import type { Permission } from './permissions.ts'

/**
 * The access of a person to every team in which they have `permission`; for a limited role, with the only clients that it counts for. Empty
 * when there is none. @throws AppError unauthenticated, when no person acts
 */
export async function authorizeEverywhere(ctx: Ctx, permission: Permission): Promise<Access[]> {
  const { actor } = ctx
  if (actor.kind !== 'user') throw new AppError('unauthenticated', { message: 'Log in first.' })
  const memberships = await findMemberships(db(), actor.userId)
  return memberships
    .filter(({ role }) => role.permissions.includes(permission))
    .map(({ teamId, role, limitedClients, clients }) => ({
      teamId,
      userId: actor.userId,
      permissions: role.permissions as Permission[],
      clientIds: limitedClients ? clients.map(({ clientId }) => clientId) : null,
      owner: isOwnerRole(role),
    }))
}
