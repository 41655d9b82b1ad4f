import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import type { Db } from '#lib/db.ts'
import { isOwnerRole, type RoleRow } from './internal.ts'
import { mayGrant } from './rank.ts'

/**
 * Takes back the open invitations of a member who could no longer send them, in the transaction that takes their role away: whoever sent an invitation
 * vouches for it, and must not come back by one to an address of theirs. `role` is what they have from now on; null: nothing.
 */
export async function takeBackInvitations(
  tx: Db,
  ctx: Ctx,
  member: { teamId: string; userId: string; role: RoleRow | null },
): Promise<void> {
  const { teamId, userId, role } = member
  const open = await tx.invitation.findMany({ where: { teamId, invitedById: userId, state: 'open' }, include: { role: true } })
  const manages = role?.permissions.includes('members.manage')
  const lost = open.filter(
    ({ role: given }) => !role || !manages || !mayGrant({ owner: isOwnerRole(role), permissions: role.permissions }, given),
  )
  for (const { id, email, roleId, role: given, limitedClients, clientIds } of lost) {
    await tx.invitation.update({ where: { id }, data: { state: 'revoked', closedAt: new Date() } })
    await recordAudit(tx, ctx, {
      action: 'invitation.revoked',
      teamId,
      target: { type: 'invitation', id },
      before: { email, role: given.name, roleId, clients: limitedClients ? clientIds : null },
    })
  }
}
