import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { parseInput } from '#lib/input.ts'
import { authorize } from './authorize.ts'
import { checkRoleName } from './create-role.ts'
import { type RoleDto, roleDto } from './dto.ts'
import { lockTeam, type RoleRow, requireRole } from './internal.ts'
import { checkMayHandOut } from './rank.ts'
import { type RoleRef, roleRef, type UpdateRoleInput, updateRoleInput } from './schemas.ts'
import { takeBackInvitations } from './take-back-invitations.ts'

/**
 * Changes the name and the permissions of a team's own role, for everyone who has it, at once. Needs `roles.manage`, and every permission that it
 * had and gets. Invitations that they could not send with it any more are taken back. With `version`, the later of two editors is told.
 * @throws AppError unauthenticated, not_found, permission_denied (`params.reason` above), validation_failed, conflict with `params.reason`
 * system_role or role_version
 */
export async function updateRole({ ctx, input }: { ctx: Ctx; input: UpdateRoleInput }): Promise<RoleDto> {
  await authorize(ctx, { teamId: input.teamId, permission: 'roles.manage' })
  const { teamId, roleId, name, permissions, version } = parseInput(updateRoleInput, input)
  return transaction(async (tx) => {
    await lockTeam(tx, teamId)
    const access = await authorize(ctx, { teamId, permission: 'roles.manage' }, tx)
    const role = await requireRole(tx, teamId, roleId)
    checkOwn(role)
    checkMayHandOut(access, role.permissions)
    checkMayHandOut(access, permissions)
    if (version !== undefined && version !== role.version) {
      throw new AppError('conflict', { message: 'Someone else changed this role meanwhile.', params: { reason: 'role_version' } })
    }
    await checkRoleName(tx, teamId, name, role.id)
    if (name === role.name && permissions.join() === role.permissions.join()) return roleDto(role)
    const row = await tx.role.update({ where: { id: role.id }, data: { name, permissions, version: { increment: 1 } } })
    await recordAudit(tx, ctx, {
      action: 'role.changed',
      teamId,
      target: { type: 'role', id: role.id },
      before: { name: role.name, permissions: role.permissions },
      after: { name, permissions },
    })
    const members = await tx.member.findMany({ where: { teamId, roleId }, select: { userId: true } })
    for (const { userId } of members) await takeBackInvitations(tx, ctx, { teamId, userId, role: row })
    return roleDto(row)
  })
}

/**
 * Deletes a team's own role that nobody has and no open invitation gives. Needs `roles.manage`, and every permission of it.
 * @throws AppError unauthenticated, not_found, permission_denied, conflict with `params.reason` system_role or role_used (and `count`)
 */
export async function deleteRole({ ctx, input }: { ctx: Ctx; input: RoleRef }): Promise<{ id: string; name: string }> {
  await authorize(ctx, { teamId: input.teamId, permission: 'roles.manage' })
  const { teamId, roleId } = parseInput(roleRef, input)
  return transaction(async (tx) => {
    await lockTeam(tx, teamId)
    const access = await authorize(ctx, { teamId, permission: 'roles.manage' }, tx)
    const role = await requireRole(tx, teamId, roleId)
    checkOwn(role)
    checkMayHandOut(access, role.permissions)
    const members = await tx.member.count({ where: { roleId } })
    const invitations = await tx.invitation.count({ where: { roleId, state: 'open', expiresAt: { gt: new Date() } } })
    if (members + invitations > 0) {
      throw new AppError('conflict', {
        message: `${members} members and ${invitations} invitations have this role: give them another one first.`,
        params: { reason: 'role_used', members, invitations },
      })
    }
    await tx.invitation.deleteMany({ where: { roleId } })
    await tx.role.delete({ where: { id: roleId } })
    await recordAudit(tx, ctx, {
      action: 'role.deleted',
      teamId,
      target: { type: 'role', id: roleId },
      before: { name: role.name, permissions: role.permissions },
    })
    return { id: roleId, name: role.name }
  })
}

function checkOwn(role: RoleRow): void {
  if (role.teamId !== null) return
  throw new AppError('conflict', { message: 'Every team has this role: it cannot be changed.', params: { reason: 'system_role' } })
}
