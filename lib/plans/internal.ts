import { type Db, db } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { type ActivePlan, activePlan, type TeamWithPlan } from './active-plan.ts'

/** The team's row with its plan. @throws AppError not_found */
export async function loadTeam(tx: Db, teamId: string): Promise<TeamWithPlan> {
  const team = await tx.team.findUnique({ where: { id: teamId }, include: { plan: true } })
  if (!team) throw new AppError('not_found', { message: 'There is no such team.' })
  return team
}

/**
 * Locks the team's row until the transaction ends, so that whatever counts against its limits happens one at a time.
 * @throws AppError not_found
 */
export async function lockTeamPlan(tx: Db, teamId: string): Promise<TeamWithPlan> {
  await tx.$queryRaw`SELECT 1 FROM teams WHERE id = ${teamId} FOR UPDATE`
  return loadTeam(tx, teamId)
}

/** The limits that hold for the team now, or null without an active plan. @throws AppError not_found */
export async function planOf(teamId: string, tx: Db = db()): Promise<ActivePlan | null> {
  return activePlan(await loadTeam(tx, teamId))
}
