'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { changePlan, requestPlan, withdrawPlanRequest } from '#lib/team-plan/index.ts'
import { runAction } from '../action.ts'
import type { FormState } from '../form-state.ts'

const AREA = 'plan'

/** Activate or change the plan. */
export async function changePlanAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(
    data,
    async (ctx, text) => {
      const teamId = text('teamId')
      await changePlan({ ctx, input: { teamId, plan: text('plan') } })
      revalidatePath('/plan')
      // The form goes with the change, and could not tell of it: the page does.
      redirect(`/plan?team=${encodeURIComponent(teamId)}&changed=1`)
    },
    AREA,
  )
}

/** Ask for the plan that is given by agreement. */
export async function requestPlanAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(
    data,
    async (ctx, text) => {
      const { plan } = await requestPlan({ ctx, input: { teamId: text('teamId'), message: text('message') } })
      revalidatePath('/plan')
      return { notice: 'requested', params: { plan } }
    },
    AREA,
  )
}

/** Take that request back. */
export async function withdrawPlanAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(
    data,
    async (ctx, text) => {
      await withdrawPlanRequest({ ctx, input: { teamId: text('teamId') } })
      revalidatePath('/plan')
      return { notice: 'withdrawn' }
    },
    AREA,
  )
}
