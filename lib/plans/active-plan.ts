import type { Prisma } from '#lib/db.ts'

/** A team's row with its plan: what {@link activePlan} needs. */
export type TeamWithPlan = Prisma.TeamGetPayload<{ include: { plan: true } }>

/** The limits that hold for a team now. Null means unlimited. */
export type ActivePlan = {
  key: string
  name: string
  maxClients: number | null
  maxMembers: number | null
  /** Requests per client and mode in a window of 60 s. */
  perMinute: number
  /** Live requests of the team in a UTC calendar month. */
  perMonth: number
  retentionDays: number
  /** The longest life of a family of tokens. */
  maxRefreshDays: number
}

/** The limits of the team's plan with the team's own overrides on top; null when it has no plan, or the plan has ended at `now`. */
export function activePlan(team: TeamWithPlan, now: Date = new Date()): ActivePlan | null {
  const { plan } = team
  if (!plan || (team.planEndsAt !== null && team.planEndsAt <= now)) return null
  return {
    key: plan.key,
    name: plan.name,
    maxClients: team.overrideMaxClients ?? plan.maxClients,
    maxMembers: team.overrideMaxMembers ?? plan.maxMembers,
    perMinute: team.overridePerMinute ?? plan.perMinute,
    perMonth: team.overridePerMonth ?? plan.perMonth,
    retentionDays: team.overrideRetentionDays ?? plan.retentionDays,
    maxRefreshDays: plan.maxRefreshDays,
  }
}
