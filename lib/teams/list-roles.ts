import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { authorizeMember } from './authorize.ts'
import { type RoleDto, roleDto } from './dto.ts'
import { findRoles } from './internal.ts'
import { mayGrant } from './rank.ts'

export type RoleOfTeam = RoleDto & {
  /** How many have it. */
  members: number
  /** How many open invitations give it. */
  invitations: number
  /** The actor could give it: they lack nothing that it allows. */
  grantable: boolean
}

/** The roles of a team, those that every team has first. For every member. @throws AppError unauthenticated, not_found */
export async function listRoles({ ctx, input }: { ctx: Ctx; input: { teamId: string } }): Promise<RoleOfTeam[]> {
  const access = await authorizeMember(ctx, input.teamId)
  const { teamId } = access
  const [roles, members, invitations] = await Promise.all([
    findRoles(db(), teamId),
    db().member.groupBy({ by: ['roleId'], where: { teamId }, _count: true }),
    db().invitation.groupBy({ by: ['roleId'], where: { teamId, state: 'open', expiresAt: { gt: new Date() } }, _count: true }),
  ])
  const count = (groups: { roleId: string; _count: number }[], id: string) => groups.find(({ roleId }) => roleId === id)?._count ?? 0
  return roles.map((row) => ({
    ...roleDto(row),
    members: count(members, row.id),
    invitations: count(invitations, row.id),
    grantable: mayGrant(access, row),
  }))
}
