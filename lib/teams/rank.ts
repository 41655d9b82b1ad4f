import type { Db } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import type { Access } from './authorize.ts'
import { isOwnerRole, type MemberRow, type RoleRow } from './internal.ts'

type Role = Pick<RoleRow, 'id' | 'permissions'>
type Rank = Pick<Access, 'owner'> & { permissions: readonly string[] }

/** Whether the actor may give or take this role: nothing that they lack themselves, and Owner only as an owner. */
export function mayGrant(access: Rank, role: Role): boolean {
  return isOwnerRole(role) ? access.owner : lacking(access, role.permissions) === undefined
}

/** @throws AppError permission_denied: `params.reason` owner, or above with the first `permission` that the actor lacks */
export function checkMayGrant(access: Access, role: Role): void {
  if (isOwnerRole(role) && !access.owner) {
    throw new AppError('permission_denied', { message: 'Only an owner may do this to an owner.', params: { reason: 'owner' } })
  }
  checkMayHandOut(access, isOwnerRole(role) ? [] : role.permissions)
}

/** Nobody hands out what they lack. @throws AppError permission_denied with `params.reason` above */
export function checkMayHandOut(access: Access, permissions: readonly string[]): void {
  const permission = lacking(access, permissions)
  if (permission === undefined) return
  throw new AppError('permission_denied', {
    message: `You cannot give or take the permission ${permission}: you do not have it yourself.`,
    params: { reason: 'above', permission },
  })
}

function lacking(access: Rank, permissions: readonly string[]): string | undefined {
  return permissions.find((permission) => !access.permissions.includes(permission))
}

/**
 * A team keeps an owner who can log in, and a personal team its person as owner. Call it under the team's lock, before `member` stops being an owner.
 * @throws AppError conflict with `params.reason` personal_owner or last_owner
 */
export async function checkMayLoseOwner(tx: Db, team: { id: string; personalOwnerId: string | null }, member: MemberRow): Promise<void> {
  if (team.personalOwnerId === member.userId) {
    throw new AppError('conflict', { message: 'A personal team keeps its person as owner.', params: { reason: 'personal_owner' } })
  }
  if (!isOwnerRole(member.role)) return
  const others = await tx.member.count({
    where: { teamId: team.id, roleId: member.roleId, userId: { not: member.userId }, user: { disabledAt: null } },
  })
  if (others === 0) {
    throw new AppError('conflict', {
      message: 'A team keeps at least one owner: make someone else an owner first.',
      params: { reason: 'last_owner' },
    })
  }
}
