import { sendVerificationCode, verifyEmail } from '#lib/accounts/index.ts'
import type { Ctx } from '#lib/context.ts'
import { requestContext } from '../context.ts'
import { type Flash, flashOf, withFlash } from './flash.ts'
import { type PlainForm, readPlainForm, seeOther } from './plain-form.ts'

/** "Verify": takes the code of the logged-in person's address. */
export function submitVerification(request: Request): Promise<Response> {
  return submit(request, 'verified', (ctx, form) => verifyEmail({ ctx, input: { code: form.get('code') } }))
}

/** "Send a new code". */
export function submitSendCode(request: Request): Promise<Response> {
  return submit(request, 'codeSentAgain', (ctx) => sendVerificationCode({ ctx }))
}

async function submit(request: Request, notice: string, work: (ctx: Ctx, form: PlainForm) => Promise<void>): Promise<Response> {
  const form = await readPlainForm(request)
  if (form instanceof Response) return form
  const ctx = await requestContext(request)
  if (ctx.actor.kind === 'nobody') return seeOther('/login?returnTo=%2Fverify-email')
  let flash: Flash = { form: 'verify', notice }
  try {
    await work(ctx, form)
  } catch (error) {
    flash = flashOf('verify', error, {}, ctx.requestId)
  }
  const { path, cookie } = withFlash('/verify-email', flash)
  return seeOther(path, [cookie])
}
