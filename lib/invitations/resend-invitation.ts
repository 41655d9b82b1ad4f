import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { db, transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { parseInput } from '#lib/input.ts'
import { authorize, checkMayGrant, lockTeam } from '#lib/teams/index.ts'
import { invitationAudit, invitationDto } from './dto.ts'
import { countInvitationMail, isOpen, mailInvitation, newToken, requireOpen } from './internal.ts'
import type { SentInvitation } from './invite-member.ts'
import { type InvitationRef, invitationRef } from './schemas.ts'
import { checkSeats } from './seats.ts'

const MAX_SENT = 10
const PAUSE_MS = 60_000

/**
 * Sends an invitation again, with a fresh link for 7 days; the one before no longer works. Needs `members.manage`, and every permission of its role.
 * @throws AppError unauthenticated, not_found, permission_denied, limit_reached (an expired one takes a seat again), too_many_attempts
 */
export async function resendInvitation({ ctx, input }: { ctx: Ctx; input: InvitationRef }): Promise<SentInvitation> {
  await authorize(ctx, { teamId: input.teamId, permission: 'members.manage' })
  const { teamId, invitationId } = parseInput(invitationRef, input)
  await countInvitationMail(ctx, (await requireOpen(db(), teamId, invitationId)).email)
  return transaction(async (tx) => {
    await lockTeam(tx, teamId)
    const access = await authorize(ctx, { teamId, permission: 'members.manage' }, tx)
    const before = await requireOpen(tx, teamId, invitationId)
    checkMayGrant(access, before.role)
    const wait = before.sentAt.getTime() + PAUSE_MS - Date.now()
    if (wait > 0 || before.sentCount >= MAX_SENT) {
      throw new AppError('too_many_attempts', {
        message: 'This invitation was sent a moment ago, or too often.',
        params: { reason: before.sentCount >= MAX_SENT ? 'invitation_often' : 'invitation_soon' },
        retryAfter: Math.max(1, Math.ceil(wait / 1000)),
      })
    }
    if (!isOpen(before)) await checkSeats(tx, ctx, teamId, 1)
    const { token, fields } = newToken()
    await tx.invitation.update({
      where: { id: before.id },
      // Whoever sends it vouches for it: the mail names them.
      data: { ...fields, sentCount: { increment: 1 }, ...(access.userId ? { invitedById: access.userId } : {}) },
    })
    const row = await requireOpen(tx, teamId, invitationId)
    await recordAudit(tx, ctx, {
      action: 'invitation.resent',
      teamId,
      target: { type: 'invitation', id: row.id },
      after: invitationAudit(row),
    })
    return { invitation: invitationDto(row), link: await mailInvitation(tx, row, token, ctx.locale) }
  })
}

/** Takes an invitation back: its link no longer works. Needs `members.manage`. @throws AppError unauthenticated, not_found, permission_denied */
export async function revokeInvitation({ ctx, input }: { ctx: Ctx; input: InvitationRef }): Promise<{ email: string }> {
  await authorize(ctx, { teamId: input.teamId, permission: 'members.manage' })
  const { teamId, invitationId } = parseInput(invitationRef, input)
  return transaction(async (tx) => {
    await lockTeam(tx, teamId)
    await authorize(ctx, { teamId, permission: 'members.manage' }, tx)
    const row = await requireOpen(tx, teamId, invitationId)
    await tx.invitation.update({ where: { id: row.id }, data: { state: 'revoked', closedAt: new Date() } })
    await recordAudit(tx, ctx, {
      action: 'invitation.revoked',
      teamId,
      target: { type: 'invitation', id: row.id },
      before: invitationAudit(row),
    })
    return { email: row.email }
  })
}
