import { recordAudit } from '#lib/audit/index.ts'
import { authorizeOperator } from '#lib/authorize-operator.ts'
import type { Ctx } from '#lib/context.ts'
import { db, transaction } from '#lib/db.ts'
import { parseInput } from '#lib/input.ts'
import { type ActivePlan, activePlan, type TeamWithPlan } from './active-plan.ts'
import { loadTeam, lockTeamPlan } from './internal.ts'
import { type SetTeamLimitsInput, setTeamLimitsInput } from './schemas.ts'

/** The limits that are a team's own; null: as its plan says. */
export type TeamOverrides = {
  maxClients: number | null
  maxMembers: number | null
  perMinute: number | null
  perMonth: number | null
  retentionDays: number | null
}

export type TeamLimits = {
  team: { id: string; name: string }
  /** The key of its plan, also of one that has ended. */
  plan: string | null
  overrides: TeamOverrides
  /** What its plan says by itself, and what holds; null without a plan that runs. */
  planned: ActivePlan | null
  effective: ActivePlan | null
}

/** A team's plan, and the limits that it has of its own. For operators. @throws AppError unauthenticated, not_found */
export async function getTeamLimits({ ctx, input }: { ctx: Ctx; input: { teamId: string } }): Promise<TeamLimits> {
  authorizeOperator(ctx)
  const teamId = /^[\w-]{1,100}$/.test(input.teamId) ? input.teamId : ''
  return limitsOf(await loadTeam(db(), teamId))
}

/**
 * Gives a team limits of its own over those of its plan, whichever that is or becomes; null: as the plan says. They hold from the next request on. What
 * it has beyond a new limit stays; log rows beyond a shorter retention are hidden at once and deleted for good. For operators.
 * @throws AppError unauthenticated, not_found, validation_failed
 */
export async function setTeamLimits({ ctx, input }: { ctx: Ctx; input: SetTeamLimitsInput }): Promise<TeamLimits> {
  authorizeOperator(ctx)
  const { teamId, ...wanted } = parseInput(setTeamLimitsInput, input)
  return transaction(async (tx) => {
    const team = await lockTeamPlan(tx, teamId)
    const before = overridesOf(team)
    if (Object.entries(before).every(([name, value]) => wanted[name as keyof TeamOverrides] === value)) return limitsOf(team)
    await tx.team.update({
      where: { id: teamId },
      data: {
        overrideMaxClients: wanted.maxClients,
        overrideMaxMembers: wanted.maxMembers,
        overridePerMinute: wanted.perMinute,
        overridePerMonth: wanted.perMonth,
        overrideRetentionDays: wanted.retentionDays,
      },
    })
    await recordAudit(tx, ctx, { action: 'plan.limits_changed', teamId, target: { type: 'team', id: teamId }, before, after: wanted })
    return limitsOf(await loadTeam(tx, teamId))
  })
}

function overridesOf(team: TeamWithPlan): TeamOverrides {
  return {
    maxClients: team.overrideMaxClients,
    maxMembers: team.overrideMaxMembers,
    perMinute: team.overridePerMinute,
    perMonth: team.overridePerMonth,
    retentionDays: team.overrideRetentionDays,
  }
}

const NO_OVERRIDES = {
  overrideMaxClients: null,
  overrideMaxMembers: null,
  overridePerMinute: null,
  overridePerMonth: null,
  overrideRetentionDays: null,
}

function limitsOf(team: TeamWithPlan): TeamLimits {
  return {
    team: { id: team.id, name: team.name },
    plan: team.planKey,
    overrides: overridesOf(team),
    planned: activePlan({ ...team, ...NO_OVERRIDES }),
    effective: activePlan(team),
  }
}
