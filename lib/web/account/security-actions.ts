'use server'

import { revalidatePath } from 'next/cache'
import {
  cancelEmailChange,
  changePassword,
  confirmEmailChange,
  endOtherSessions,
  endSession,
  requestEmailChange,
} from '#lib/accounts/index.ts'
import { takeBackConsent } from '#lib/grants/index.ts'
import { runAction } from '../action.ts'
import type { FormState } from '../form-state.ts'

/** Log-in: the password, changed or set for the first time. */
export async function changePasswordAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(
    data,
    async (ctx, text) => {
      const input = {
        currentPassword: text('currentPassword'),
        password: text('password'),
        endSessions: text('endSessions') !== '',
        endTokens: text('endTokens') !== '',
      }
      const { sessions, tokens } = await changePassword({ ctx, input })
      revalidatePath('/account', 'layout')
      return { notice: 'passwordChanged', params: { sessions, tokens } }
    },
    'account',
  )
}

/** Log-in: mails a code to the address that is to be the new one. */
export async function requestEmailAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(
    data,
    async (ctx, text) => {
      const { email } = await requestEmailChange({ ctx, input: { email: text('email'), password: text('password') } })
      revalidatePath('/account', 'layout')
      return { notice: 'emailCodeSent', params: { email } }
    },
    'account',
  )
}

/** Log-in: the code from the new address. */
export async function confirmEmailAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(
    data,
    async (ctx, text) => {
      const { email } = await confirmEmailChange({ ctx, input: { code: text('code') } })
      revalidatePath('/account', 'layout')
      return { notice: 'emailChanged', params: { email } }
    },
    'account',
  )
}

/** Log-in: keeps the present address after all. */
export async function cancelEmailAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(
    data,
    async (ctx) => {
      await cancelEmailChange({ ctx })
      revalidatePath('/account', 'layout')
      return { notice: 'emailKept' }
    },
    'account',
  )
}

/** Sessions: end one. */
export async function endSessionAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(
    data,
    async (ctx, text) => {
      await endSession({ ctx, input: { sessionId: text('sessionId') } })
      revalidatePath('/account/sessions')
      return { notice: 'sessionEnded' }
    },
    'account',
  )
}

/** Sessions: end all but this one. */
export async function endOtherSessionsAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(
    data,
    async (ctx) => {
      const count = await endOtherSessions({ ctx })
      revalidatePath('/account/sessions')
      return { notice: 'sessionsEnded', params: { count } }
    },
    'account',
  )
}

/** Connected apps: take back what one may. */
export async function takeBackAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(
    data,
    async (ctx, text) => {
      await takeBackConsent({ ctx, input: { clientId: text('clientId') } })
      revalidatePath('/account/apps')
      return { notice: 'takenBack', params: { name: text('name') } }
    },
    'account',
  )
}
