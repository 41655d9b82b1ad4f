import type { Ctx } from '#lib/context.ts'
import { type Access, authorize, authorizeClient } from '#lib/teams/index.ts'
import { retentionDays } from './retention.sql.ts'

const DAY_MS = 86_400_000

/** Whose rows the actor may read, and back to when. */
export type LogAccess = Pick<Access, 'teamId' | 'permissions' | 'userId'> & {
  /** Null: of all the team's clients, and those of none. */
  clientIds: readonly string[] | null
  /** Older rows are hidden by the plan. */
  retained: Date
}

/**
 * Lets the actor read the request log of a team, or of one of its clients, as far as its plan keeps it. Needs `logs.read`.
 * @throws AppError unauthenticated, not_found, permission_denied
 */
export async function authorizeLogs(ctx: Ctx, { teamId, clientId }: { teamId: string; clientId?: string }, now: Date): Promise<LogAccess> {
  const permission = 'logs.read'
  if (clientId === undefined) {
    const access = await authorize(ctx, { teamId, permission })
    return { ...access, retained: await retainedSince(access.teamId, now) }
  }
  const access = await authorizeClient(ctx, { clientId, permission })
  return { ...access, clientIds: [access.client.id], retained: await retainedSince(access.teamId, now) }
}

async function retainedSince(teamId: string, now: Date): Promise<Date> {
  return new Date(now.getTime() - (await retentionDays(teamId)) * DAY_MS)
}
