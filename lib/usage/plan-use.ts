import type { Ctx } from '#lib/context.ts'
import { monthUsage } from '#lib/limits/index.ts'
import { planOf } from '#lib/plans/index.ts'
import { authorize } from '#lib/teams/index.ts'
import { readLivePasses } from './usage.sql.ts'

const DAY_MS = 86_400_000
const PACE_DAYS = 7

export type PlanUse = {
  plan: string
  /** Live requests a calendar month (UTC). */
  perMonth: number
  used: number
  /** The first of the next month. */
  resetsAt: Date
  /** Live requests a day, of the last week. */
  perDay: number
  /** When the month will be used up at this pace; null when it will not. */
  endsAt: Date | null
  /** What the month will come to at this pace. */
  projected: number
}

/** How much of a team's month is used, and when it will be used up; null without an active plan. Needs `usage.read`. */
export async function planUse({ ctx, input }: { ctx: Ctx; input: { teamId: string } }, now = new Date()): Promise<PlanUse | null> {
  await authorize(ctx, { teamId: input.teamId, permission: 'usage.read' })
  const plan = await planOf(input.teamId)
  if (!plan) return null
  const weekAgo = new Date(now.getTime() - PACE_DAYS * DAY_MS)
  const [used, { requests, first }] = await Promise.all([monthUsage(input.teamId, now), readLivePasses(input.teamId, weekAgo)])
  // A team that began yesterday has no week: then the time since, at least a day.
  const since = first ? (now.getTime() - first.getTime()) / DAY_MS : PACE_DAYS
  const days = since < PACE_DAYS - 1 ? Math.max(1, since) : PACE_DAYS
  const perDay = requests / days
  const resetsAt = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1))
  const daysLeft = (resetsAt.getTime() - now.getTime()) / DAY_MS
  const left = plan.perMonth - used
  const ends = left <= 0 || (perDay > 0 && left / perDay < daysLeft)
  return {
    plan: plan.name,
    perMonth: plan.perMonth,
    used,
    resetsAt,
    perDay,
    endsAt: ends ? new Date(now.getTime() + (Math.max(left, 0) / Math.max(perDay, 1)) * DAY_MS) : null,
    projected: Math.round(used + perDay * daysLeft),
  }
}
