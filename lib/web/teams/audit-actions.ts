'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { safeSitePath } from '#lib/accounts/index.ts'
import { undoEvent } from '#lib/audit-log/index.ts'
import { runAction } from '../action.ts'
import type { FormState } from '../form-state.ts'

/** Audit log: take a change back. */
export async function undoEventAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(
    data,
    async (ctx, text) => {
      await undoEvent({ ctx, input: { teamId: text('teamId'), eventId: text('eventId') } })
      revalidatePath('/', 'layout')
      // The form goes with the change, and could not tell of it: the page does.
      redirect(safeSitePath(text('back'), '/team/audit?undone=1'))
    },
    'audit',
  )
}
