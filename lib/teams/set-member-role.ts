import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { parseInput } from '#lib/input.ts'
import { authorize } from './authorize.ts'
import { memberAudit, type RoleDto, roleDto } from './dto.ts'
import { isOwnerRole, lockTeam, requireMember, requireRole } from './internal.ts'
import { checkMayGrant, checkMayLoseOwner } from './rank.ts'
import { type SetMemberRoleInput, setMemberRoleInput } from './schemas.ts'
import { takeBackInvitations } from './take-back-invitations.ts'

/**
 * Gives a member another role, at once. Needs `members.manage`, and every permission of both roles: nobody hands out what they lack or changes
 * someone above them. An owner is never limited to chosen clients, so becoming one lifts that. Invitations that the member could not send with it are
 * taken back.
 * @throws AppError unauthenticated, not_found, permission_denied (`params.reason` above or owner), conflict with `params.reason` last_owner or
 * personal_owner
 */
export async function setMemberRole({ ctx, input }: { ctx: Ctx; input: SetMemberRoleInput }): Promise<RoleDto> {
  await authorize(ctx, { teamId: input.teamId, permission: 'members.manage' })
  const { teamId, userId, roleId } = parseInput(setMemberRoleInput, input)
  return transaction(async (tx) => {
    const team = await lockTeam(tx, teamId)
    const access = await authorize(ctx, { teamId, permission: 'members.manage' }, tx)
    const member = await requireMember(tx, teamId, userId)
    const role = await requireRole(tx, teamId, roleId)
    checkMayGrant(access, member.role)
    checkMayGrant(access, role)
    if (role.id === member.roleId) return roleDto(role)
    await checkMayLoseOwner(tx, team, member)

    const unlimited = isOwnerRole(role) && member.limitedClients
    if (unlimited) await tx.memberClient.deleteMany({ where: { teamId, userId } })
    await tx.member.update({
      where: { teamId_userId: { teamId, userId } },
      data: { roleId: role.id, ...(unlimited ? { limitedClients: false } : {}) },
    })
    const after = await requireMember(tx, teamId, userId)
    await recordAudit(tx, ctx, {
      action: 'member.role_changed',
      teamId,
      target: { type: 'member', id: userId },
      before: memberAudit(member),
      after: memberAudit(after),
    })
    await takeBackInvitations(tx, ctx, { teamId, userId, role })
    return roleDto(role)
  })
}
