import { registerUser, safeReturnTo, sessionCookie, startSession } from '#lib/accounts/index.ts'
import { requestContext } from '../context.ts'
import { clearFlash, flashOf, withFlash } from './flash.ts'
import { readPlainForm, seeOther } from './plain-form.ts'

/** The registration form: makes the account, logs the person in, and goes where they were going. */
export async function submitRegistration(request: Request): Promise<Response> {
  const form = await readPlainForm(request)
  if (form instanceof Response) return form
  const ctx = await requestContext(request)
  const returnTo = safeReturnTo(form.get('returnTo'))
  const input = { name: form.get('name'), email: form.get('email'), password: form.get('password') }
  try {
    const { userId } = await registerUser({ ctx, input })
    const cookieHeader = request.headers.get('cookie')
    const session = await startSession({ ctx, input: { userId, amr: ['pwd'], remember: false, cookieHeader } })
    return seeOther(returnTo, [sessionCookie(session), clearFlash()])
  } catch (error) {
    const flash = flashOf('register', error, { name: input.name, email: input.email }, ctx.requestId)
    const { path, cookie } = withFlash(`/register?returnTo=${encodeURIComponent(returnTo)}`, flash)
    return seeOther(path, [cookie])
  }
}
