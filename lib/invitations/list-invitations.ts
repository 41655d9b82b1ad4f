import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { authorize } from '#lib/teams/index.ts'
import { type InvitationDto, invitationDto } from './dto.ts'

/** More than a day may bring. */
const SHOWN = 200

/** The open invitations of a team, expired ones included, newest first. Needs `members.manage`. @throws AppError unauthenticated, not_found, permission_denied */
export async function listInvitations({ ctx, input }: { ctx: Ctx; input: { teamId: string } }): Promise<InvitationDto[]> {
  const { teamId } = await authorize(ctx, { teamId: input.teamId, permission: 'members.manage' })
  const rows = await db().invitation.findMany({
    where: { teamId, state: 'open' },
    include: { role: true, team: true, invitedBy: { select: { name: true } } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: SHOWN,
  })
  return rows.map(invitationDto)
}
