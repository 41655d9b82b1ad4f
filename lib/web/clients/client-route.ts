import { type ClientDetail, getClient } from '#lib/clients/index.ts'
import { isAppError } from '#lib/errors.ts'
import { requestContext } from '../context.ts'

/** The client of a route handler's address, or the answer that refuses: 401 without a session, 404 for what is not theirs. */
export async function clientForRoute(request: Request, clientId: string): Promise<ClientDetail | Response> {
  const ctx = await requestContext(request)
  try {
    return await getClient({ ctx, input: { clientId } })
  } catch (error) {
    if (!isAppError(error)) throw error
    const status = error.code === 'unauthenticated' ? 401 : 404
    return Response.json({ error: status === 401 ? 'unauthenticated' : 'not_found' }, { status, headers: { 'cache-control': 'no-store' } })
  }
}
