import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { authorizeClient } from '#lib/teams/index.ts'
import type { AlertKind, Evidence } from './kinds.ts'

const LISTED = 100

export type AlertDto = {
  id: string
  kind: AlertKind
  occurrences: number
  evidence: Evidence[]
  firstAt: string
  lastAt: string
}

/**
 * The newest alerts of a client. Needs `logs.read`.
 * @throws AppError unauthenticated, not_found, permission_denied
 */
export async function listAlerts({ ctx, input }: { ctx: Ctx; input: { clientId: string } }): Promise<AlertDto[]> {
  const { client } = await authorizeClient(ctx, { clientId: input.clientId, permission: 'logs.read' })
  const rows = await db().alert.findMany({
    where: { clientId: client.id, client: { teamId: client.teamId } },
    orderBy: [{ lastAt: 'desc' }, { id: 'desc' }],
    take: LISTED,
  })
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind as AlertKind,
    occurrences: row.occurrences,
    evidence: row.evidence as Evidence[],
    firstAt: row.firstAt.toISOString(),
    lastAt: row.lastAt.toISOString(),
  }))
}
