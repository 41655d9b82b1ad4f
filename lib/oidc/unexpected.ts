import { errors, type KoaContextWithOIDC } from 'oidc-provider'
import { log } from '#lib/log.ts'
import { factsOf } from '#lib/request-facts.ts'
import { errorPage } from './pages/error.ts'

const SERVER_ERROR = { error: 'server_error', error_description: 'oops! something went wrong' }

/**
 * The outermost of all: what neither the library nor a middleware of ours has answered. Koa would answer it in plain text, without the headers that
 * every answer has, and on the console only.
 */
export async function answerUnexpected(ctx: KoaContextWithOIDC, next: () => Promise<unknown>): Promise<void> {
  try {
    await next()
  } catch (error) {
    log().error({ err: error, requestId: factsOf(ctx.req)?.requestId, route: ctx.oidc?.route }, 'provider error')
    // Nothing can be put right on the way out: whoever waits is not told that it was the whole.
    if (ctx.headerSent) return void ctx.res.destroy()
    await answer(ctx, error as Error)
  }
}

async function answer(ctx: KoaContextWithOIDC, error: Error): Promise<void> {
  ctx.status = statusOf(error)
  const out = ctx.status < 500 ? { error: 'invalid_request', error_description: 'the request cannot be read' } : SERVER_ERROR
  if (ctx.accepts('json', 'html') === 'html') {
    try {
      return await errorPage(ctx, out, error)
    } catch (err) {
      // The page asks the database, which may be what is away.
      log().error({ err, requestId: factsOf(ctx.req)?.requestId }, 'the error page failed')
    }
  }
  const { status } = ctx
  ctx.body = out
  ctx.status = status
}

/** Errors of Koa and of bodies carry the status that they stand for, such as 413 (http-errors). */
function statusOf(error: unknown): number {
  if (error instanceof errors.OIDCProviderError) return error.statusCode
  const { status, expose } = (error ?? {}) as { status?: unknown; expose?: unknown }
  return typeof status === 'number' && status >= 400 && status < 500 && expose === true ? status : 500
}
