import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { type Db, transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { parseInput } from '#lib/input.ts'
import { isOwnerRole, lockTeam, memberAudit, requireMember } from '#lib/teams/index.ts'
import { invitationAudit } from './dto.ts'
import { findByToken, type InvitationRow, isOpen } from './internal.ts'
import { type InvitationToken, invitationToken } from './schemas.ts'
import { checkSeats } from './seats.ts'

type Args = { ctx: Ctx; input: InvitationToken }

/**
 * Joins the team of an invitation, as the person whose address it is for. A link that went by mail only proves that address, too.
 * @throws AppError unauthenticated, not_found (unknown, expired, taken back, answered), conflict with `params.reason` other_address or clients_gone,
 * limit_reached (`params.what` members or plan)
 */
export function acceptInvitation({ ctx, input }: Args): Promise<{ teamId: string; team: string }> {
  return answer({ ctx, input }, async (tx, row, user) => {
    const { teamId } = row
    const member = await tx.member.findUnique({ where: { teamId_userId: { teamId, userId: user.id } } })
    if (!member) {
      // Its seat is counted among the open invitations until it is accepted.
      await checkSeats(tx, ctx, teamId, 0)
      await join(tx, ctx, row, user.id)
    }
    await tx.invitation.update({ where: { id: row.id }, data: { state: 'accepted', closedAt: new Date() } })
    if (row.mailed && user.emailVerifiedAt === null) {
      await tx.user.update({ where: { id: user.id }, data: { emailVerifiedAt: new Date() } })
      const target = { type: 'user', id: user.id }
      await recordAudit(tx, ctx, { action: 'user.email_verified', teamId: null, target, after: { by: 'invitation' } })
    }
    return { teamId, team: row.team.name }
  })
}

/** Says no: the link no longer works, and the seat is free again. @throws AppError as {@link acceptInvitation} */
export function declineInvitation({ ctx, input }: Args): Promise<{ team: string }> {
  return answer({ ctx, input }, async (tx, row) => {
    await tx.invitation.update({ where: { id: row.id }, data: { state: 'declined', closedAt: new Date() } })
    await recordAudit(tx, ctx, {
      action: 'invitation.declined',
      teamId: row.teamId,
      target: { type: 'invitation', id: row.id },
      before: invitationAudit(row),
    })
    return { team: row.team.name }
  })
}

type Invited = { id: string; email: string; emailVerifiedAt: Date | null }

/** Finds the open invitation of a link under its team's lock, and makes sure that it is for whoever acts. */
async function answer<Result>({ ctx, input }: Args, work: (tx: Db, row: InvitationRow, user: Invited) => Promise<Result>): Promise<Result> {
  const { actor } = ctx
  if (actor.kind !== 'user') throw new AppError('unauthenticated', { message: 'Log in first.' })
  const { token } = parseInput(invitationToken, input)
  const gone = () => new AppError('not_found', { message: 'This invitation is no longer valid.' })
  const found = await findByToken(token)
  if (!found || !isOpen(found)) throw gone()
  return transaction(async (tx) => {
    await lockTeam(tx, found.teamId)
    const row = await findByToken(token, tx)
    if (!row || !isOpen(row)) throw gone()
    const user = await tx.user.findUnique({ where: { id: actor.userId }, select: { id: true, email: true, emailVerifiedAt: true } })
    if (!user) throw new AppError('unauthenticated', { message: 'Log in first.' })
    if (user.email !== row.email) {
      throw new AppError('conflict', {
        message: `This invitation is for ${row.email}, and you are logged in as ${user.email}.`,
        params: { reason: 'other_address', email: row.email, yours: user.email },
      })
    }
    return work(tx, row, user)
  })
}

async function join(tx: Db, ctx: Ctx, row: InvitationRow, userId: string): Promise<void> {
  const { teamId, roleId } = row
  const limited = row.limitedClients && !isOwnerRole(row.role)
  const clients = limited
    ? await tx.client.findMany({ where: { teamId, deletedAt: null, id: { in: row.clientIds } }, select: { id: true } })
    : []
  if (limited && clients.length === 0) {
    throw new AppError('conflict', {
      message: 'The clients of this invitation are gone: ask for a new one.',
      params: { reason: 'clients_gone' },
    })
  }
  await tx.member.create({ data: { teamId, userId, roleId, limitedClients: limited } })
  await tx.memberClient.createMany({ data: clients.map(({ id }) => ({ teamId, userId, clientId: id })) })
  await recordAudit(tx, ctx, {
    action: 'member.joined',
    teamId,
    target: { type: 'member', id: userId },
    after: { ...memberAudit(await requireMember(tx, teamId, userId)), email: row.email, invitedBy: row.invitedById },
  })
}
