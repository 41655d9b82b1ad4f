'use server'

import { revalidatePath } from 'next/cache'
import { cookies } from 'next/headers'
import { updateDisplay, updateProfile } from '#lib/accounts/index.ts'
import { runAction } from '../action.ts'
import type { FormState } from '../form-state.ts'

const PROFILE = ['name', 'givenName', 'familyName', 'picture', 'birthdate', 'gender', 'phone', 'secondEmail', 'country'] as const

/** Profile: everything that the person says of themself. */
export async function saveProfileAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(
    data,
    async (ctx, text) => {
      await updateProfile({ ctx, input: Object.fromEntries(PROFILE.map((name) => [name, text(name)])) })
      revalidatePath('/account', 'layout')
      return { notice: 'profileSaved' }
    },
    'account',
  )
}

/** Display: language and theme, for every browser. */
export async function saveDisplayAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(
    data,
    async (ctx, text) => {
      const input = { locale: text('locale') || null, theme: text('theme') || null }
      await updateDisplay({ ctx, input })
      // What this browser chose before must not come back where the account says "as the browser says".
      const jar = await cookies()
      for (const name of ['locale', 'theme'] as const) if (input[name] === null) jar.delete(name)
      revalidatePath('/', 'layout')
      return { notice: 'displaySaved' }
    },
    'account',
  )
}
