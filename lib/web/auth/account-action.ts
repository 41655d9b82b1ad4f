import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import type { Ctx } from '#lib/context.ts'
import { env } from '#lib/env.ts'
import { requireUserContext } from '../context.ts'
import { type Flash, flashOf, sealFlash } from './flash.ts'

/** Runs a verb for a form of the account page, and shows the page again with what came of it. For Server Actions. */
export async function accountAction(
  work: (ctx: Ctx) => Promise<unknown>,
  notice: string,
  values: Record<string, string> = {},
): Promise<never> {
  const ctx = await requireUserContext()
  let flash: Flash = { form: 'account', notice }
  try {
    await work(ctx)
  } catch (error) {
    flash = flashOf('account', error, values, ctx.requestId)
  }
  const { id, name, value, expires } = sealFlash(flash)
  const jar = await cookies()
  jar.set(name, value, { path: '/', httpOnly: true, sameSite: 'lax', secure: env().secure, expires })
  redirect(`/account?flash=${id}`)
}
