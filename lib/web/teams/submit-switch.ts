import { safeReturnTo } from '#lib/accounts/index.ts'
import { teamsOf } from '#lib/teams/index.ts'
import { readPlainForm, seeOther } from '../auth/plain-form.ts'
import { requestContext } from '../context.ts'
import { returnAddress } from '../preferences.ts'
import { afterSwitch, rememberTeamCookie } from './current-team.ts'

/**
 * The team switcher's form: remembers the chosen team for this browser and goes back to the page that it was on. A team that is not theirs (they
 * were removed meanwhile) changes nothing.
 */
export async function submitTeamSwitch(request: Request): Promise<Response> {
  const form = await readPlainForm(request)
  if (form instanceof Response) return form
  const ctx = await requestContext(request)
  const here = returnAddress(request.headers.get('referer'), safeReturnTo(form.get('returnTo')))
  const path = safeReturnTo(here.slice(new URL(here).origin.length))
  if (ctx.actor.kind !== 'user') return seeOther(`/login?returnTo=${encodeURIComponent(path)}`)
  const wanted = form.get('team')
  const teams = await teamsOf(ctx.actor.userId)
  if (!teams.some(({ id }) => id === wanted)) return seeOther(path)
  return seeOther(safeReturnTo(afterSwitch(path)), [rememberTeamCookie(wanted)])
}
