import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { parseInput } from '#lib/input.ts'
import { type ActivePlan, activePlan, lockTeamPlan } from '#lib/plans/index.ts'
import { authorize } from '#lib/teams/index.ts'
import { blockersOf, countHave } from './blockers.ts'
import { type ChangePlanInput, changePlanInput } from './schemas.ts'

/**
 * Puts a team on another plan at once, or activates its first; not one that is given by agreement. What the team has must fit. Needs `plan.manage`.
 * @throws AppError unauthenticated, not_found, permission_denied, validation_failed (no such plan), conflict with `params.reason` plan_agreement, or
 * plan_clients or plan_members with `have`, `allowed` and how many to `remove`
 */
export async function changePlan({ ctx, input }: { ctx: Ctx; input: ChangePlanInput }): Promise<ActivePlan | null> {
  await authorize(ctx, { teamId: input.teamId, permission: 'plan.manage' })
  const { teamId, plan: wanted } = parseInput(changePlanInput, input)
  return transaction(async (tx) => {
    const team = await lockTeamPlan(tx, teamId)
    await authorize(ctx, { teamId, permission: 'plan.manage' }, tx)
    const plan = (await tx.plan.findMany()).find(({ key }) => key === wanted)
    if (!plan) {
      const message = 'There is no such plan.'
      throw new AppError('validation_failed', { message, fields: [{ path: 'plan', message, code: 'unknown_plan' }] })
    }
    if (plan.byAgreement) {
      throw new AppError('conflict', {
        message: `The plan ${plan.name} is given by agreement: ask for it.`,
        params: { reason: 'plan_agreement', plan: plan.name },
      })
    }
    const current = activePlan(team)
    if (current?.key === plan.key) return current
    const limits = activePlan({ ...team, plan, planEndsAt: null })
    const [blocker] = limits ? blockersOf(await countHave(tx, teamId), limits) : []
    if (blocker) {
      const { what, have, allowed, remove } = blocker
      throw new AppError('conflict', {
        message: `The plan ${plan.name} allows ${allowed} ${what}, and this team has ${have}: remove ${remove} first.`,
        params: { reason: `plan_${what}`, plan: plan.name, have, allowed, remove },
      })
    }
    await tx.team.update({ where: { id: teamId }, data: { planKey: plan.key, planActivatedAt: new Date(), planEndsAt: null } })
    await recordAudit(tx, ctx, {
      action: team.planKey === null ? 'plan.activated' : 'plan.changed',
      teamId,
      target: { type: 'team', id: teamId },
      before: { plan: team.planKey },
      after: { plan: plan.key },
    })
    return limits
  })
}
