'use server'

import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { deleteAccount } from '#lib/account-data/index.ts'
import { sessionCookieName } from '#lib/accounts/index.ts'
import { env } from '#lib/env.ts'
import { runAction } from '../action.ts'
import { sealFlash } from '../auth/flash.ts'
import type { FormState } from '../form-state.ts'

/** Your data: deletes the account, and says so on the log-in page. */
export async function deleteAccountAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(
    data,
    async (ctx, text) => {
      await deleteAccount({ ctx, input: { email: text('email'), password: text('password') } })
      const jar = await cookies()
      const { secure } = env()
      const { id, name, value, expires } = sealFlash({ form: 'login', notice: 'accountDeleted' })
      const attributes = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const
      jar.set(name, value, { ...attributes, expires })
      jar.set(sessionCookieName(secure), '', { ...attributes, expires: new Date(0) })
      redirect(`/login?flash=${id}`)
    },
    'account',
  )
}
