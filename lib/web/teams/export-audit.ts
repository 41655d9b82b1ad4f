import { exportEvents } from '#lib/audit-log/index.ts'
import { isAppError } from '#lib/errors.ts'
import { teamsOf } from '#lib/teams/index.ts'
import { requestContext } from '../context.ts'
import { exportAnswer, exportFormat } from '../export-stream.ts'
import { auditQuery } from './audit-query.ts'
import { chooseTeam } from './current-team.ts'

/** GET of an export: the log that the address's filters leave. */
export async function exportAudit(request: Request): Promise<Response> {
  const ctx = await requestContext(request)
  const query = Object.fromEntries(new URL(request.url).searchParams)
  if (ctx.actor.kind !== 'user') return plain(401)
  const team = chooseTeam(await teamsOf(ctx.actor.userId), query.team ?? '')
  const format = exportFormat(query.format)
  if (!team) return plain(404)
  const pieces = exportEvents({ ctx, input: { teamId: team.id, ...auditQuery(query).filter }, format })
  try {
    return await exportAnswer(pieces, { format, name: `audit-log-${new Date().toISOString().slice(0, 10)}`, requestId: ctx.requestId })
  } catch (error) {
    if (isAppError(error)) return plain(error.code === 'permission_denied' ? 403 : 404)
    throw error
  }
}

function plain(status: number): Response {
  return new Response(null, { status, headers: { 'cache-control': 'no-store' } })
}
