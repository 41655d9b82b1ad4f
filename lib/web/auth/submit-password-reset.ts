import { requestPasswordReset, resetPassword, safeReturnTo } from '#lib/accounts/index.ts'
import { requestContext } from '../context.ts'
import { flashOf, withFlash } from './flash.ts'
import { readPlainForm, seeOther } from './plain-form.ts'

/** "Send code": on to the page that takes it, whether or not the address has an account. */
export async function submitForgotPassword(request: Request): Promise<Response> {
  const form = await readPlainForm(request)
  if (form instanceof Response) return form
  const ctx = await requestContext(request)
  const query = `?returnTo=${encodeURIComponent(safeReturnTo(form.get('returnTo')))}`
  const values = { email: form.get('email') }
  try {
    await requestPasswordReset({ ctx, input: values })
    return flashed(`/reset-password${query}`, { form: 'reset', notice: 'codeSent', values })
  } catch (error) {
    return flashed(`/forgot-password${query}`, flashOf('forgot', error, values, ctx.requestId))
  }
}

/** "Set new password": on to the log-in page. */
export async function submitResetPassword(request: Request): Promise<Response> {
  const form = await readPlainForm(request)
  if (form instanceof Response) return form
  const ctx = await requestContext(request)
  const query = `?returnTo=${encodeURIComponent(safeReturnTo(form.get('returnTo')))}`
  const values = { email: form.get('email') }
  try {
    await resetPassword({ ctx, input: { ...values, code: form.get('code'), password: form.get('password') } })
    return flashed(`/login${query}`, { form: 'login', notice: 'passwordChanged', values })
  } catch (error) {
    return flashed(`/reset-password${query}`, flashOf('reset', error, values, ctx.requestId))
  }
}

function flashed(path: string, flash: Parameters<typeof withFlash>[1]): Response {
  const { path: target, cookie } = withFlash(path, flash)
  return seeOther(target, [cookie])
}
