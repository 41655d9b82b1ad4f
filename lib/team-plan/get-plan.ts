import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { monthUsage } from '#lib/limits/index.ts'
import { type ActivePlan, activePlan } from '#lib/plans/index.ts'
import { authorizeMember } from '#lib/teams/index.ts'
import { type Blocker, blockersOf, countHave, type Have } from './blockers.ts'

export type PlanOffer = ActivePlan & {
  /** Operators give it; a team asks. */
  byAgreement: boolean
  current: boolean
  /** What the team has too much of. */
  blockers: Blocker[]
}

export type TeamPlan = {
  /** Null: none was chosen yet, or it has ended (`ended`). */
  current: ActivePlan | null
  ended: { name: string; at: string } | null
  endsAt: string | null
  /** `requests`: live requests in this UTC calendar month; null for those without `usage.read`. */
  usage: Have & { requests: number | null }
  /** The first moment of the next month. */
  resetsAt: string
  offers: PlanOffer[]
  request: { createdAt: string; by: string | null; message: string } | null
}

/** A team's plan, how much of it is used, and the plans to choose from. For every member. @throws AppError unauthenticated, not_found */
export async function getTeamPlan({ ctx, input }: { ctx: Ctx; input: { teamId: string } }): Promise<TeamPlan> {
  const access = await authorizeMember(ctx, input.teamId)
  const { teamId } = access
  const now = new Date()
  const team = await db().team.findUnique({ where: { id: teamId }, include: { plan: true } })
  if (!team) throw new AppError('not_found', { message: 'There is no such team.' })
  const [plans, have, requests, request] = await Promise.all([
    db().plan.findMany({ orderBy: { position: 'asc' } }),
    countHave(db(), teamId),
    access.permissions.includes('usage.read') ? monthUsage(teamId, now) : null,
    db().planRequest.findFirst({ where: { teamId, closedAt: null } }),
  ])
  const by = request?.requestedById ? await db().user.findUnique({ where: { id: request.requestedById }, select: { name: true } }) : null
  const current = activePlan(team, now)
  const offers = plans.flatMap((plan) => {
    const limits = activePlan({ ...team, plan, planEndsAt: null })
    if (!limits) return []
    return [{ ...limits, byAgreement: plan.byAgreement, current: current?.key === plan.key, blockers: blockersOf(have, limits) }]
  })
  return {
    current,
    ended: !current && team.plan && team.planEndsAt ? { name: team.plan.name, at: team.planEndsAt.toISOString() } : null,
    endsAt: current ? (team.planEndsAt?.toISOString() ?? null) : null,
    usage: { ...have, requests },
    resetsAt: new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1)).toISOString(),
    offers,
    request: request && { createdAt: request.createdAt.toISOString(), by: by?.name ?? null, message: request.message },
  }
}
