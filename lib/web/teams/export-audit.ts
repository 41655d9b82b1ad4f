import { exportEvents } from '#lib/audit-log/index.ts'
import { AppError } from '#lib/errors.ts'
import { teamsOf } from '#lib/teams/index.ts'
import type { UserCtx } from '../context.ts'
import { exportAnswer, exportFormat } from '../export-stream.ts'
import { answerStream } from '../requests/log-route.ts'
import { auditQuery } from './audit-query.ts'
import { chooseTeam } from './current-team.ts'

/** GET of an export of a team's log: what the address's filters leave. */
export function exportAudit(request: Request): Promise<Response> {
  return answerStream(request, 'export', async (ctx, release) => {
    const team = chooseTeam(await teamsOf(ctx.actor.userId), queryOf(request).team ?? '')
    if (!team) throw new AppError('not_found')
    return exportLog(request, { ctx, release, teamId: team.id, name: 'audit-log' })
  })
}

/** The same of the installation's log, for operators; for anyone else there is none. */
export function exportInstallationAudit(request: Request): Promise<Response> {
  return answerStream(request, 'export', (ctx, release) =>
    exportLog(request, { ctx, release, teamId: null, name: 'installation-audit-log' }),
  )
}

type Log = { ctx: UserCtx; release: () => void; teamId: string | null; name: string }

function exportLog(request: Request, { ctx, release, teamId, name }: Log): Promise<Response> {
  const query = queryOf(request)
  const format = exportFormat(query.format)
  const pieces = exportEvents({ ctx, input: { teamId, ...auditQuery(query).filter }, format })
  const day = new Date().toISOString().slice(0, 10)
  return exportAnswer(pieces, { format, name: `${name}-${day}`, requestId: ctx.requestId, ended: release })
}

function queryOf(request: Request): Record<string, string | undefined> {
  return Object.fromEntries(new URL(request.url).searchParams)
}
