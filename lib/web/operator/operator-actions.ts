'use server'

import { revalidatePath } from 'next/cache'
import { rotateSigningKeys } from '#lib/keys/index.ts'
import { setPlan } from '#lib/plans/index.ts'
import { answerTicket, closeTicket } from '#lib/tickets/index.ts'
import { runAction } from '../action.ts'
import type { FormState } from '../form-state.ts'

const AREA = 'operator'

/** Puts a team on a plan. */
export async function setTeamPlanAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(
    data,
    async (ctx, text) => {
      const { team, plan } = await setPlan({ ctx, input: { teamId: text('teamId'), plan: text('plan') } })
      revalidatePath('/operator/teams')
      return { notice: 'planSet', params: { team: team.name, plan } }
    },
    AREA,
  )
}

/** Begins signing with the next keys; `compromised` ends the present ones at once. */
export async function rotateKeysAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(
    data,
    async (ctx, text) => {
      await rotateSigningKeys({ ctx, input: { compromised: text('compromised') === 'on' } })
      revalidatePath('/operator/keys')
      return { notice: 'rotated' }
    },
    AREA,
  )
}

/** Answers a ticket. */
export async function answerTicketAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(
    data,
    async (ctx, text) => {
      await answerTicket({ ctx, input: { ticketId: text('ticketId'), text: text('text') } })
      revalidatePath('/operator/tickets', 'layout')
      return { notice: 'answered' }
    },
    AREA,
  )
}

/** Closes a ticket. */
export async function closeTicketAsOperatorAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(
    data,
    async (ctx, text) => {
      await closeTicket({ ctx, input: { ticketId: text('ticketId') } })
      revalidatePath('/operator/tickets', 'layout')
      return { notice: 'closed' }
    },
    AREA,
  )
}
