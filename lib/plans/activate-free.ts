import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import type { Db } from '#lib/db.ts'
import { type ActivePlan, activePlan } from './active-plan.ts'
import { loadTeam, lockTeamPlan } from './internal.ts'

const FREE = 'free'

/**
 * Gives a team that never had a plan the Free one, in the caller's transaction and under a lock on the team; a team with a plan, even
 * an ended one, keeps it. Returns the limits that hold afterwards. The caller has authorized the actor.
 * @throws AppError not_found
 */
export async function activateFree(tx: Db, ctx: Ctx, teamId: string): Promise<ActivePlan | null> {
  const team = await lockTeamPlan(tx, teamId)
  if (team.planKey !== null) return activePlan(team)
  await tx.team.update({ where: { id: teamId }, data: { planKey: FREE, planActivatedAt: new Date() } })
  await recordAudit(tx, ctx, {
    action: 'plan.activated',
    teamId,
    target: { type: 'team', id: teamId },
    before: { plan: null },
    after: { plan: FREE },
  })
  return activePlan(await loadTeam(tx, teamId))
}
