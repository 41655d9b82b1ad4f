import { recordAudit } from '#lib/audit/index.ts'
import { authorizeOperator } from '#lib/authorize-operator.ts'
import type { Ctx } from '#lib/context.ts'
import { db, transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { parseInput } from '#lib/input.ts'
import { type EditPlanInput, editPlanInput } from './schemas.ts'

/** A plan as operators see it; null means unlimited. */
export type PlanDetail = {
  key: string
  name: string
  maxClients: number | null
  maxMembers: number | null
  perMinute: number
  perMonth: number
  retentionDays: number
  maxRefreshDays: number
  byAgreement: boolean
  /** Teams that are on it. */
  teams: number
}

/** The plans with how many teams each has, smallest first. For operators. @throws AppError unauthenticated, not_found */
export async function listPlanDetails({ ctx }: { ctx: Ctx }): Promise<PlanDetail[]> {
  authorizeOperator(ctx)
  const rows = await db().plan.findMany({ orderBy: { position: 'asc' }, include: { _count: { select: { teams: true } } } })
  return rows.map(({ position: _, _count, ...plan }) => ({ ...plan, teams: _count.teams }))
}

/**
 * Changes the limits of a plan, for every team that is on it, from the next request on. What a team has beyond a new limit stays; log rows beyond a
 * shorter retention are hidden at once and deleted for good. For operators.
 * @throws AppError unauthenticated, not_found, validation_failed
 */
export async function editPlan({ ctx, input }: { ctx: Ctx; input: EditPlanInput }): Promise<{ key: string; name: string }> {
  authorizeOperator(ctx)
  const { plan: key, ...limits } = parseInput(editPlanInput, input)
  return transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM plans WHERE key = ${key} FOR UPDATE`
    const plan = await tx.plan.findUnique({ where: { key } })
    if (!plan) throw new AppError('not_found', { message: 'There is no such plan.' })
    const { maxClients, maxMembers, perMinute, perMonth, retentionDays, maxRefreshDays } = plan
    const before = { maxClients, maxMembers, perMinute, perMonth, retentionDays, maxRefreshDays }
    const same = Object.entries(before).every(([name, value]) => limits[name as keyof typeof before] === value)
    if (!same) {
      await tx.plan.update({ where: { key }, data: limits })
      await recordAudit(tx, ctx, { action: 'plan.edited', teamId: null, target: { type: 'plan', id: key }, before, after: limits })
    }
    return { key, name: plan.name }
  })
}
