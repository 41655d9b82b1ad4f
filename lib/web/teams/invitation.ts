import { safeReturnTo } from '#lib/accounts/index.ts'
import { isAppError } from '#lib/errors.ts'
import { acceptInvitation, declineInvitation, type InvitationView, loadInvitation } from '#lib/invitations/index.ts'
import { type Flash, flashOf, withFlash } from '../auth/flash.ts'
import { readPlainForm, seeOther } from '../auth/plain-form.ts'
import { currentContext, requestContext } from '../context.ts'
import { rememberTeamCookie } from './current-team.ts'

/** What the page of an invitation's link shows. */
export async function invitationPage(token: string): Promise<InvitationView> {
  return loadInvitation({ ctx: await currentContext(), input: { token: token.slice(0, 200) } })
}

/**
 * The forms of that page: accept and decline, and for people who are not logged in the ways to the log-in and the registration, with the invited
 * address filled in. What cannot be goes back to the page, which says what is the matter.
 */
export async function answerInvitationForm(request: Request, token: string): Promise<Response> {
  const form = await readPlainForm(request)
  if (form instanceof Response) return form
  const ctx = await requestContext(request)
  const here = `/invitations/${encodeURIComponent(token)}`
  const input = { token: token.slice(0, 200) }
  const answer = form.get('answer')
  if (answer === 'login' || answer === 'register') {
    const view = await loadInvitation({ ctx, input })
    if (view.state !== 'login') return seeOther(here)
    return flashed(`/${answer}?returnTo=${encodeURIComponent(safeReturnTo(here))}`, { form: answer, values: { email: view.email } })
  }
  try {
    if (answer === 'accept') {
      const { teamId } = await acceptInvitation({ ctx, input })
      return seeOther('/team?joined=1', [rememberTeamCookie(teamId)])
    }
    const { team } = await declineInvitation({ ctx, input })
    return flashed(here, { form: 'invitation', notice: 'invitationDeclined', values: { team } })
  } catch (error) {
    if (!isAppError(error)) throw error
    return flashed(here, flashOf('invitation', error, {}, ctx.requestId))
  }
}

function flashed(path: string, flash: Flash): Response {
  const { path: target, cookie } = withFlash(path, flash)
  return seeOther(target, [cookie])
}
