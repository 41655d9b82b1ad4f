import type { Ctx } from '#lib/context.ts'
import { isAppError } from '#lib/errors.ts'
import { log } from '#lib/log.ts'
import { type RequestFilters, readRequestFilters } from '#lib/requests/schemas.ts'
import { requestContext, type UserCtx } from '../context.ts'
import { type Share, takeShare } from './shares.ts'

const STATUS: Record<string, number> = { unauthenticated: 401, permission_denied: 403, validation_failed: 400 }

export type LogRequest = { teamId: string; clientId?: string; filters: RequestFilters }

/** Which part of the log an address of a route handler names: `team`, `of` for one client, and the filters. */
export function logRequest(request: Request): LogRequest {
  const params = Object.fromEntries(new URL(request.url).searchParams)
  const clientId = params.of ? { clientId: params.of } : {}
  return { teamId: params.team ?? '', ...clientId, filters: readRequestFilters(params).filters }
}

/**
 * Answers a logged-in person's request with a stream, for which they take a place; failures with a status and a line of text. Next has this answer HEAD
 * as well: with the same head, and no stream.
 */
export async function answerStream(
  request: Request,
  kind: Share,
  work: (ctx: UserCtx, release: () => void) => Promise<Response>,
): Promise<Response> {
  const ctx = await requestContext(request)
  if (!isUser(ctx)) return refuse(401, 'unauthenticated')
  const release = takeShare(kind, ctx.actor.userId)
  if (!release) return refuse(429, 'too_many_attempts', { 'Retry-After': '10' })
  try {
    const answer = await work(ctx, release)
    return request.method === 'HEAD' || request.signal.aborted ? await unread(answer) : untilGone(request, answer)
  } catch (error) {
    release()
    if (isAppError(error)) return refuse(STATUS[error.code] ?? 404, error.code)
    log().error({ err: error, requestId: ctx.requestId }, 'a stream of the request log failed')
    return refuse(500, 'internal_error')
  }
}

/** The head of an answer whose stream nobody will read, nor hang up on: its place would be taken for good. */
async function unread(answer: Response): Promise<Response> {
  await answer.body?.cancel()
  return new Response(null, answer)
}

/** An answer whose stream ends as well when whoever asked goes before Next begins to read it: then Next leaves it as it is. */
function untilGone({ signal }: Request, answer: Response): Response {
  const drop = () => {
    if (answer.body?.locked === false) answer.body.cancel().catch(() => {})
  }
  signal.addEventListener('abort', drop, { once: true })
  return answer
}

function isUser(ctx: Ctx): ctx is UserCtx {
  return ctx.actor.kind === 'user'
}

function refuse(status: number, code: string, headers: Record<string, string> = {}): Response {
  return new Response(`${code}\n`, {
    status,
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store', ...headers },
  })
}
