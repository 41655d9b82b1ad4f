import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { planOf } from '#lib/plans/index.ts'
import { authorize } from '#lib/teams/index.ts'
import type { Evidence, TeamAlertKind } from './kinds.ts'
import { quotaEvent } from './quota.sql.ts'

export type TeamAlertDto = { id: string; kind: TeamAlertKind; evidence: Evidence; at: string }

/**
 * The alerts of a team itself that still hold, newest first: how much of this UTC month is used. Those of a limit that the team no longer has are
 * past. Needs `usage.read`.
 * @throws AppError unauthenticated, not_found, permission_denied
 */
export async function listTeamAlerts({ ctx, input }: { ctx: Ctx; input: { teamId: string } }, now = new Date()): Promise<TeamAlertDto[]> {
  const { teamId } = await authorize(ctx, { teamId: input.teamId, permission: 'usage.read' })
  const plan = await planOf(teamId)
  if (!plan) return []
  const rows = await db().alert.findMany({
    where: { teamId, event: quotaEvent(now, plan.perMonth) },
    orderBy: [{ lastAt: 'desc' }, { id: 'desc' }],
  })
  return rows.map(({ id, kind, evidence, lastAt }) => ({
    id,
    kind: kind as TeamAlertKind,
    evidence: (evidence as Evidence[])[0] ?? {},
    at: lastAt.toISOString(),
  }))
}
