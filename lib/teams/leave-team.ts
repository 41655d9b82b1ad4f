import type * as z from 'zod'
import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { parseInput } from '#lib/input.ts'
import { authorize, authorizeMember } from './authorize.ts'
import { memberAudit } from './dto.ts'
import { lockTeam, requireMember } from './internal.ts'
import { checkMayGrant, checkMayLoseOwner } from './rank.ts'
import { type MemberRef, memberRef } from './schemas.ts'
import { takeBackInvitations } from './take-back-invitations.ts'

type TeamRef = Pick<z.input<typeof memberRef>, 'teamId'>

/**
 * The acting person leaves a team: from the next request on they can do nothing there. Any member may; the last owner, and the person of a personal
 * team, cannot.
 * @throws AppError unauthenticated, not_found, conflict with `params.reason` last_owner or personal_owner
 */
export async function leaveTeam({ ctx, input }: { ctx: Ctx; input: TeamRef }): Promise<{ id: string; name: string }> {
  const { userId } = await authorizeMember(ctx, input.teamId)
  if (userId === null) throw new AppError('not_found', { message: 'The installation is a member of no team.' })
  return transaction(async (tx) => {
    const team = await lockTeam(tx, input.teamId)
    const member = await requireMember(tx, team.id, userId)
    await checkMayLoseOwner(tx, team, member)
    await tx.member.delete({ where: { teamId_userId: { teamId: team.id, userId } } })
    await recordAudit(tx, ctx, {
      action: 'member.left',
      teamId: team.id,
      target: { type: 'member', id: userId },
      before: memberAudit(member),
    })
    return { id: team.id, name: team.name }
  })
}

/**
 * Takes a member out of a team: from their next request on they can do nothing there, and nobody comes in by their invitations. Needs `members.manage`, and every permission of their role.
 * @throws AppError unauthenticated, not_found, permission_denied, conflict with `params.reason` last_owner or personal_owner
 */
export async function removeMember({ ctx, input }: { ctx: Ctx; input: MemberRef }): Promise<{ userId: string; name: string }> {
  await authorize(ctx, { teamId: input.teamId, permission: 'members.manage' })
  const { teamId, userId } = parseInput(memberRef, input)
  return transaction(async (tx) => {
    const team = await lockTeam(tx, teamId)
    const access = await authorize(ctx, { teamId, permission: 'members.manage' }, tx)
    const member = await requireMember(tx, teamId, userId)
    checkMayGrant(access, member.role)
    await checkMayLoseOwner(tx, team, member)
    await tx.member.delete({ where: { teamId_userId: { teamId, userId } } })
    await recordAudit(tx, ctx, { action: 'member.removed', teamId, target: { type: 'member', id: userId }, before: memberAudit(member) })
    await takeBackInvitations(tx, ctx, { teamId, userId, role: null })
    const { name } = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: { name: true } })
    return { userId, name }
  })
}
