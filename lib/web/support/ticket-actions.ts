'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { closeTicket, createTicket, replyToTicket } from '#lib/tickets/index.ts'
import { runAction } from '../action.ts'
import type { FormState } from '../form-state.ts'

/** Support: asks the operators, and shows the ticket. */
export async function createTicketAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(
    data,
    async (ctx, text) => {
      const { id } = await createTicket({ ctx, input: { subject: text('subject'), text: text('text'), requestId: text('requestId') } })
      revalidatePath('/support/tickets')
      redirect(`/support/tickets/${id}`)
    },
    'support',
  )
}

/** Support: says more in one's own ticket. */
export async function replyToTicketAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(
    data,
    async (ctx, text) => {
      await replyToTicket({ ctx, input: { ticketId: text('ticketId'), text: text('text') } })
      revalidatePath('/support/tickets', 'layout')
      return { notice: 'sent' }
    },
    'support',
  )
}

/** Support: closes one's own ticket. */
export async function closeTicketAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(
    data,
    async (ctx, text) => {
      await closeTicket({ ctx, input: { ticketId: text('ticketId') } })
      revalidatePath('/support/tickets', 'layout')
      return { notice: 'closed' }
    },
    'support',
  )
}
