import { recordAudit } from '#lib/audit/index.ts'
import { authorizeOperator } from '#lib/authorize-operator.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { parseInput } from '#lib/input.ts'
import { lockTeamPlan } from './internal.ts'
import { type SetPlanInput, setPlanInput } from './schemas.ts'

export type PlanChange = { team: { id: string; name: string }; plan: string; previous: string | null }

/**
 * Puts a team on a plan at once, without an end. For the system and operators: to anyone else the verb does not exist.
 * @throws AppError unauthenticated, not_found, validation_failed when there is no such plan
 */
export async function setPlan({ ctx, input }: { ctx: Ctx; input: SetPlanInput }): Promise<PlanChange> {
  authorizeOperator(ctx)
  const { teamId, plan: wanted } = parseInput(setPlanInput, input)
  return transaction(async (tx) => {
    const plans = await tx.plan.findMany({ orderBy: { position: 'asc' } })
    const plan = plans.find(({ key, name }) => key === wanted || name.toLowerCase() === wanted)
    if (!plan) {
      const message = `There is no such plan. Plans: ${plans.map(({ key }) => key).join(', ')}`
      throw new AppError('validation_failed', { message, fields: [{ path: 'plan', message, code: 'unknown_plan' }] })
    }
    const team = await lockTeamPlan(tx, teamId)
    const previous = team.planKey
    // Whatever the team asked for is answered by this.
    await tx.planRequest.updateMany({ where: { teamId, closedAt: null }, data: { closedAt: new Date() } })
    await tx.team.update({ where: { id: teamId }, data: { planKey: plan.key, planActivatedAt: new Date(), planEndsAt: null } })
    await recordAudit(tx, ctx, {
      action: 'plan.changed',
      teamId,
      target: { type: 'team', id: teamId },
      before: { plan: previous },
      after: { plan: plan.key },
    })
    return { team: { id: team.id, name: team.name }, plan: plan.key, previous }
  })
}
