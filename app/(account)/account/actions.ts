'use server'

import { endOtherSessions, endSession, updateProfile } from '#lib/accounts/index.ts'
import { takeBackConsent } from '#lib/grants/index.ts'
import { accountAction } from '#lib/web/auth/account-action.ts'

export async function saveProfile(form: FormData): Promise<void> {
  const name = String(form.get('name') ?? '')
  await accountAction((ctx) => updateProfile({ ctx, input: { name } }), 'saved', { name })
}

export async function endOne(form: FormData): Promise<void> {
  await accountAction((ctx) => endSession({ ctx, input: { sessionId: String(form.get('sessionId') ?? '') } }), 'ended')
}

export async function endOthers(): Promise<void> {
  await accountAction((ctx) => endOtherSessions({ ctx }), 'endedOthers')
}

export async function takeBack(form: FormData): Promise<void> {
  await accountAction((ctx) => takeBackConsent({ ctx, input: { clientId: String(form.get('clientId') ?? '') } }), 'takenBack')
}
