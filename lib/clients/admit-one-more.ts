import type { Ctx } from '#lib/context.ts'
import type { Db } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { activateFree, lockTeamPlan } from '#lib/plans/index.ts'

/**
 * Checks that the plan of a team has room for one more client, under a lock on the team, so that several at once cannot exceed it. A team that never
 * had a plan gets the Free one. @throws AppError not_found, limit_reached (`params.what` clients or plan)
 */
export async function admitOneMore(tx: Db, ctx: Ctx, teamId: string): Promise<{ id: string; name: string }> {
  const team = await lockTeamPlan(tx, teamId)
  const plan = await activateFree(tx, ctx, teamId)
  if (!plan) throw new AppError('limit_reached', { message: 'The plan of this team has ended.', params: { limit: 0, what: 'plan' } })
  const count = await tx.client.count({ where: { teamId, deletedAt: null } })
  if (plan.maxClients !== null && count >= plan.maxClients) {
    throw new AppError('limit_reached', {
      message: `The ${plan.name} plan allows ${plan.maxClients} clients, and this team has ${count}.`,
      params: { limit: plan.maxClients, count, plan: plan.name, what: 'clients' },
    })
  }
  return { id: team.id, name: team.name }
}
