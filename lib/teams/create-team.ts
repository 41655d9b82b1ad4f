import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { newId } from '#lib/ids.ts'
import { parseInput } from '#lib/input.ts'
import { systemRoleId } from './permissions.ts'
import { type CreateTeamInput, createTeamInput } from './schemas.ts'

/** Every team may have the Free plan, so making them is not free of bounds. */
const MAX_OWNED = 50

/**
 * Makes a team with the acting person as its owner, without a plan: Free comes with the first client or invitation, or by choice.
 * @throws AppError unauthenticated, validation_failed, limit_reached with `params.what` teams
 */
export async function createTeam({ ctx, input }: { ctx: Ctx; input: CreateTeamInput }): Promise<{ id: string; name: string }> {
  const { actor } = ctx
  if (actor.kind !== 'user') throw new AppError('unauthenticated', { message: 'Log in first.' })
  const { userId } = actor
  const { name } = parseInput(createTeamInput, input)
  return transaction(async (tx) => {
    // Takes turns with the same person's other requests, so that the bound holds.
    await tx.$queryRaw`SELECT 1 FROM users WHERE id = ${userId} FOR UPDATE`
    const owned = await tx.member.count({ where: { userId, roleId: systemRoleId('owner') } })
    if (owned >= MAX_OWNED) {
      throw new AppError('limit_reached', {
        message: `A person owns at most ${MAX_OWNED} teams.`,
        params: { limit: MAX_OWNED, what: 'teams' },
      })
    }
    const id = newId('tm')
    await tx.team.create({ data: { id, name, members: { create: { userId, roleId: systemRoleId('owner') } } } })
    await recordAudit(tx, ctx, {
      action: 'team.created',
      teamId: id,
      target: { type: 'team', id },
      after: { name, personal: false, owner: userId },
    })
    return { id, name }
  })
}
