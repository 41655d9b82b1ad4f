import { exportAccount } from '#lib/account-data/index.ts'
import { isAppError } from '#lib/errors.ts'
import { log } from '#lib/log.ts'
import { requestContext } from '../context.ts'

/** GET: what is kept of the logged-in person, as a file. Nobody logged in is sent to log in. */
export async function downloadAccount(request: Request): Promise<Response> {
  const headers = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }
  const ctx = await requestContext(request)
  if (ctx.actor.kind !== 'user')
    return new Response(null, { status: 303, headers: { ...headers, location: '/login?returnTo=%2Faccount%2Fdata' } })
  try {
    const copy = await exportAccount({ ctx })
    return new Response(`${JSON.stringify(copy, null, 2)}\n`, {
      headers: {
        ...headers,
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': 'attachment; filename="account.json"',
      },
    })
  } catch (error) {
    if (isAppError(error) && error.code === 'too_many_attempts')
      return new Response(error.message, { status: 429, headers: { ...headers, 'retry-after': String(error.retryAfter ?? 60) } })
    log().error({ err: error, requestId: ctx.requestId }, 'the copy of an account failed')
    return new Response('Something went wrong on our side.', { status: 500, headers })
  }
}
