import type { Ctx } from '#lib/context.ts'
import { authorizeLogs, type LogAccess } from './authorize-logs.ts'
import type { CursorScope } from './cursor.ts'
import { domainIdsOf } from './names.ts'
import type { LogScope } from './read-log.sql.ts'
import { type ResolvedRange, resolveRange } from './resolve-range.ts'
import { filterQuery, type RequestFilters } from './schemas.ts'

export type OpenedLog = { scope: LogScope; range: ResolvedRange; cursorScope: CursorScope; access: LogAccess }

/** What the actor may read with these filters: everything that reads the log begins here. @throws AppError as {@link authorizeLogs} */
export async function openLog(
  ctx: Ctx,
  { teamId, clientId, filters }: { teamId: string; clientId?: string | undefined; filters: RequestFilters },
  now: Date,
): Promise<OpenedLog> {
  const access = await authorizeLogs(ctx, { teamId, ...(clientId === undefined ? {} : { clientId }) }, now)
  const range = resolveRange(filters, now, access.retained)
  const domainIds = await domainIdsOf(access.teamId, filters.domain)
  const { clientIds } = access
  return {
    access,
    range,
    scope: { teamId: access.teamId, clientIds, since: range.since, until: range.until, filters, domainIds },
    cursorScope: { teamId: access.teamId, clientIds, query: filterQuery(filters).toString() },
  }
}
