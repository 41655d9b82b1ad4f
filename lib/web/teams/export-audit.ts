import { exportEvents } from '#lib/audit-log/index.ts'
import { isAppError } from '#lib/errors.ts'
import { log } from '#lib/log.ts'
import { teamsOf } from '#lib/teams/index.ts'
import { requestContext } from '../context.ts'
import { auditQuery } from './audit-query.ts'
import { chooseTeam } from './current-team.ts'

const TYPES = { csv: 'text/csv; charset=utf-8', jsonl: 'application/x-ndjson; charset=utf-8' } as const

/**
 * GET of an export: the log that the address's filters leave, sent as it is read. Refusals are told before the first byte; should one come later
 * (they were removed meanwhile, the database went away) the answer breaks off, so that nobody takes it for whole.
 */
export async function exportAudit(request: Request): Promise<Response> {
  const ctx = await requestContext(request)
  const query = Object.fromEntries(new URL(request.url).searchParams)
  if (ctx.actor.kind !== 'user') return plain(401)
  const team = chooseTeam(await teamsOf(ctx.actor.userId), query.team ?? '')
  const format = query.format === 'jsonl' ? 'jsonl' : 'csv'
  if (!team) return plain(404)
  const pieces = exportEvents({ ctx, input: { teamId: team.id, ...auditQuery(query).filter }, format })
  let first: IteratorResult<string>
  try {
    first = await pieces.next()
  } catch (error) {
    if (isAppError(error)) return plain(error.code === 'permission_denied' ? 403 : 404)
    throw error
  }
  const day = new Date().toISOString().slice(0, 10)
  return new Response(streamOf(first, pieces, ctx.requestId), {
    headers: {
      'content-type': TYPES[format],
      'content-disposition': `attachment; filename="audit-log-${day}.${format}"`,
      'cache-control': 'no-store',
    },
  })
}

function streamOf(first: IteratorResult<string>, rest: AsyncGenerator<string>, requestId: string): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let next: Promise<IteratorResult<string>> = Promise.resolve(first)
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await next
        if (done) return controller.close()
        controller.enqueue(encoder.encode(value))
        next = rest.next()
        // Looked at in the next pull; until then nobody hears of its failure.
        next.catch(() => {})
      } catch (error) {
        log().warn({ err: error, requestId }, 'an export broke off')
        controller.error(error)
      }
    },
    async cancel() {
      await rest.return(undefined)
    },
  })
}

function plain(status: number): Response {
  return new Response(null, { status, headers: { 'cache-control': 'no-store' } })
}
