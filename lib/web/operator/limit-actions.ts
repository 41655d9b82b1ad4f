'use server'

import { revalidatePath } from 'next/cache'
import { editPlan, setTeamLimits } from '#lib/plans/index.ts'
import { runAction } from '../action.ts'
import type { FormState } from '../form-state.ts'

const AREA = 'operator'

function typed(text: (name: string) => string) {
  return {
    maxClients: text('maxClients'),
    maxMembers: text('maxMembers'),
    perMinute: text('perMinute'),
    perMonth: text('perMonth'),
    retentionDays: text('retentionDays'),
  }
}

/** Plans: change the limits of one. */
export async function editPlanAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(
    data,
    async (ctx, text) => {
      const { name } = await editPlan({ ctx, input: { plan: text('plan'), maxRefreshDays: text('maxRefreshDays'), ...typed(text) } })
      revalidatePath('/operator', 'layout')
      return { notice: 'planEdited', params: { plan: name } }
    },
    AREA,
  )
}

/** Teams: limits of their own. */
export async function setTeamLimitsAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(
    data,
    async (ctx, text) => {
      const { team } = await setTeamLimits({ ctx, input: { teamId: text('teamId'), ...typed(text) } })
      revalidatePath('/operator', 'layout')
      return { notice: 'limitsSet', params: { team: team.name } }
    },
    AREA,
  )
}
