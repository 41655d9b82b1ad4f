import { clearCookie, endSession, safeReturnTo, sessionCookieName } from '#lib/accounts/index.ts'
import { env } from '#lib/env.ts'
import { isAppError } from '#lib/errors.ts'
import { requestContext } from '../context.ts'
import { withFlash } from './flash.ts'
import { readPlainForm, seeOther } from './plain-form.ts'

/** "Log out": ends the session on the server, so that a copied cookie is worth nothing, and forgets it in the browser. */
export async function submitLogout(request: Request): Promise<Response> {
  const form = await readPlainForm(request)
  if (form instanceof Response) return form
  const ctx = await requestContext(request)
  if (ctx.actor.kind === 'user') {
    try {
      await endSession({ ctx, input: { sessionId: ctx.actor.sessionId } })
    } catch (error) {
      // Ended elsewhere a moment ago.
      if (!isAppError(error) || error.code !== 'not_found') throw error
    }
  }
  const returnTo = form.get('returnTo')
  const target = returnTo ? `/login?returnTo=${encodeURIComponent(safeReturnTo(returnTo))}` : '/login'
  const { path, cookie } = withFlash(target, { form: 'login', notice: 'loggedOut' })
  return seeOther(path, [clearCookie(sessionCookieName(env().secure)), cookie])
}
