'use server'

import { revalidatePath } from 'next/cache'
import { addTestUser, removeTestUser } from '#lib/test-users/index.ts'
import { runAction } from '../action.ts'
import type { FormState } from '../form-state.ts'

/** Test users: add one. */
export async function addTestUserAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async (ctx, text) => {
    const clientId = text('clientId')
    const { email } = await addTestUser({ ctx, input: { clientId, email: text('email') } })
    revalidatePath(`/clients/${clientId}`, 'layout')
    return { notice: 'testUserAdded', params: { email } }
  })
}

/** Test users: remove one. */
export async function removeTestUserAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async (ctx, text) => {
    const clientId = text('clientId')
    const { email } = await removeTestUser({ ctx, input: { clientId, email: text('email') } })
    revalidatePath(`/clients/${clientId}`, 'layout')
    return { notice: 'testUserRemoved', params: { email } }
  })
}
