import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { parseInput } from '#lib/input.ts'
import { authorize } from './authorize.ts'
import { lockTeam } from './internal.ts'
import { type DeleteTeamInput, deleteTeamInput } from './schemas.ts'

/**
 * Deletes a team for good, with its members, roles and invitations, and what could still be restored of its deleted clients. A team with clients
 * stays, and so does a personal one. For owners; needs `plan.manage`. The installation's log tells of it: nobody can read the team's own any more.
 * @throws AppError unauthenticated, not_found, permission_denied, validation_failed (`name` typed wrong), conflict with `params.reason`
 * personal_team or team_clients
 */
export async function deleteTeam({ ctx, input }: { ctx: Ctx; input: DeleteTeamInput }): Promise<{ id: string; name: string }> {
  await authorize(ctx, { teamId: input.teamId, permission: 'plan.manage' })
  const { teamId, name } = parseInput(deleteTeamInput, input)
  return transaction(async (tx) => {
    const team = await lockTeam(tx, teamId)
    const { owner } = await authorize(ctx, { teamId, permission: 'plan.manage' }, tx)
    if (!owner) throw new AppError('permission_denied', { message: 'Only an owner may delete the team.', params: { reason: 'owner' } })
    if (team.personalOwnerId !== null) {
      throw new AppError('conflict', { message: 'A personal team cannot be deleted.', params: { reason: 'personal_team' } })
    }
    if (name !== undefined && name.trim().normalize() !== team.name) {
      const message = 'Type the name of the team exactly.'
      throw new AppError('validation_failed', { message, fields: [{ path: 'name', message, code: 'team_name_mismatch' }] })
    }
    const count = await tx.client.count({ where: { teamId, deletedAt: null } })
    if (count > 0) {
      throw new AppError('conflict', {
        message: `The team has ${count} clients: delete or transfer them first.`,
        params: { reason: 'team_clients', count },
      })
    }
    await recordAudit(tx, ctx, { action: 'team.deleted', teamId: null, target: { type: 'team', id: teamId }, before: { name: team.name } })
    await tx.client.deleteMany({ where: { teamId } })
    // Before the roles that they refer to, which go with the team.
    await tx.invitation.deleteMany({ where: { teamId } })
    await tx.member.deleteMany({ where: { teamId } })
    await tx.team.delete({ where: { id: teamId } })
    return { id: teamId, name: team.name }
  })
}
