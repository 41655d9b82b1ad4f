'use server'

import { revalidatePath } from 'next/cache'
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
      return { notice: 'undone' }
    },
    'audit',
  )
}
