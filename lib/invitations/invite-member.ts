import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { type Db, transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { newId } from '#lib/ids.ts'
import { parseInput } from '#lib/input.ts'
import { authorize, checkClients, checkMayGrant, isOwnerRole, lockTeam, requireRole } from '#lib/teams/index.ts'
import { type InvitationDto, invitationAudit, invitationDto } from './dto.ts'
import { countInvitationMail, mailInvitation, newToken, requireOpen } from './internal.ts'
import { type InviteMemberInput, inviteMemberInput } from './schemas.ts'
import { checkSeats } from './seats.ts'

/** A mail goes to whoever is named, so a team cannot send them without bounds. */
const MAX_A_DAY = 100
const DAY_MS = 24 * 60 * 60_000

/** `link` is there only where no mail is sent: then the inviter passes it on. It is in this answer and nowhere else. */
export type SentInvitation = { invitation: InvitationDto; link: string | null }

/**
 * Asks the owner of an address into a team, by a mail with a link that is good for 7 days; they may make their account then. A seat of the plan is
 * taken at once. Needs `members.manage`, and every permission of the role.
 * @throws AppError unauthenticated, not_found, permission_denied (`params.reason` above or owner), validation_failed, conflict with `params.reason`
 * already_member or already_invited, limit_reached (`params.what` members or plan), too_many_attempts
 */
export async function inviteMember({ ctx, input }: { ctx: Ctx; input: InviteMemberInput }): Promise<SentInvitation> {
  await authorize(ctx, { teamId: input.teamId, permission: 'members.manage' })
  const { teamId, email, roleId, clientIds } = parseInput(inviteMemberInput, input)
  await countInvitationMail(ctx, email)
  return transaction(async (tx) => {
    await lockTeam(tx, teamId)
    const access = await authorize(ctx, { teamId, permission: 'members.manage' }, tx)
    const role = await requireRole(tx, teamId, roleId)
    checkMayGrant(access, role)
    if (clientIds && isOwnerRole(role)) {
      throw new AppError('conflict', { message: 'An owner is not limited to some clients.', params: { reason: 'owner_limited' } })
    }
    await checkClients(tx, teamId, clientIds)
    await checkNew(tx, teamId, email)
    await checkSeats(tx, ctx, teamId, 1)

    const { token, fields } = newToken()
    const id = newId('inv')
    await tx.invitation.create({
      data: {
        id,
        teamId,
        email,
        roleId,
        limitedClients: clientIds !== null,
        clientIds: clientIds ?? [],
        invitedById: access.userId,
        ...fields,
      },
    })
    const row = await requireOpen(tx, teamId, id)
    await recordAudit(tx, ctx, {
      action: 'invitation.sent',
      teamId,
      target: { type: 'invitation', id },
      after: invitationAudit(row),
    })
    return { invitation: invitationDto(row), link: await mailInvitation(tx, row, token, ctx.locale) }
  })
}

async function checkNew(tx: Db, teamId: string, email: string): Promise<void> {
  const refuse = (reason: string, message: string) => new AppError('conflict', { message, params: { reason, email } })
  if (await tx.member.findFirst({ where: { teamId, user: { email } } })) throw refuse('already_member', `${email} is a member already.`)
  const before = await tx.invitation.findFirst({ where: { teamId, email, state: 'open' } })
  if (before && before.expiresAt > new Date()) throw refuse('already_invited', `${email} is invited already.`)
  if (before) await tx.invitation.update({ where: { id: before.id }, data: { state: 'revoked', closedAt: new Date() } })
  const today = await tx.invitation.count({ where: { teamId, createdAt: { gt: new Date(Date.now() - DAY_MS) } } })
  if (today >= MAX_A_DAY)
    throw new AppError('too_many_attempts', { message: `A team sends at most ${MAX_A_DAY} invitations a day.`, retryAfter: 3600 })
}
