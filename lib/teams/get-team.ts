import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { authorizeMember } from './authorize.ts'
import { systemRoleId } from './permissions.ts'

export type TeamDetail = {
  id: string
  name: string
  /** Somebody's own team, which stays as long as they do. */
  personal: boolean
  createdAt: string
  members: number
  clients: number
  /** Deleted, but they could still be restored. */
  deletedClients: number
  /** The actor is its only owner who can log in. */
  lastOwner: boolean
}

/** A team as its members see it. @throws AppError unauthenticated, not_found */
export async function getTeam({ ctx, input }: { ctx: Ctx; input: { teamId: string } }): Promise<TeamDetail> {
  const access = await authorizeMember(ctx, input.teamId)
  const { teamId } = access
  const [team, members, clients, deletedClients, otherOwners] = await Promise.all([
    db().team.findUnique({ where: { id: teamId } }),
    db().member.count({ where: { teamId } }),
    db().client.count({ where: { teamId, deletedAt: null, ...(access.clientIds ? { id: { in: [...access.clientIds] } } : {}) } }),
    db().client.count({ where: { teamId, deletedAt: { not: null } } }),
    db().member.count({
      where: { teamId, roleId: systemRoleId('owner'), userId: { not: access.userId ?? '' }, user: { disabledAt: null } },
    }),
  ])
  if (!team) throw new AppError('not_found', { message: 'There is no such team.' })
  return {
    id: team.id,
    name: team.name,
    personal: team.personalOwnerId !== null,
    createdAt: team.createdAt.toISOString(),
    members,
    clients,
    deletedClients,
    lastOwner: access.owner && otherOwners === 0,
  }
}
