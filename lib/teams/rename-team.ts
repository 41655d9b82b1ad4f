import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { parseInput } from '#lib/input.ts'
import { authorize } from './authorize.ts'
import { lockTeam } from './internal.ts'
import { type RenameTeamInput, renameTeamInput } from './schemas.ts'

/**
 * Gives a team another name. With `was`, the later of two editors is told instead of undoing the earlier one's change. Needs `members.manage`.
 * @throws AppError unauthenticated, not_found, permission_denied, validation_failed, conflict with `params.reason` team_renamed
 */
export async function renameTeam({ ctx, input }: { ctx: Ctx; input: RenameTeamInput }): Promise<{ id: string; name: string }> {
  await authorize(ctx, { teamId: input.teamId, permission: 'members.manage' })
  const { teamId, name, was } = parseInput(renameTeamInput, input)
  return transaction(async (tx) => {
    const team = await lockTeam(tx, teamId)
    await authorize(ctx, { teamId, permission: 'members.manage' }, tx)
    if (was !== undefined && was !== team.name && name !== team.name) {
      throw new AppError('conflict', {
        message: `Someone else changed the name meanwhile: it is now ${team.name}.`,
        params: { reason: 'team_renamed', name: team.name },
      })
    }
    if (name === team.name) return { id: teamId, name }
    await tx.team.update({ where: { id: teamId }, data: { name } })
    const target = { type: 'team', id: teamId }
    await recordAudit(tx, ctx, { action: 'team.renamed', teamId, target, before: { name: team.name }, after: { name } })
    return { id: teamId, name }
  })
}
