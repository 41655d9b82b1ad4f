'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { liftRestriction, restrictClient } from '#lib/alerts/index.ts'
import { runAction } from '../action.ts'
import type { FormState } from '../form-state.ts'

const AREA = 'operator'
const PAGE = '/operator/clients'

/** Back to the list, which tells what was done: the line may have left it. */
function back(to: string, done: 'restricted' | 'lifted'): never {
  const [path, query = ''] = to.split('?')
  const params = new URLSearchParams(path === PAGE ? query : '')
  params.set('done', done)
  redirect(`${PAGE}?${params}`)
}

/** Clients: restrict one for abuse, with a reason for its team. */
export async function operatorRestrictAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(
    data,
    async (ctx, text) => {
      const { clientId } = await restrictClient({ ctx, input: { clientId: text('clientId'), reason: text('reason') } })
      revalidatePath(`/clients/${clientId}`, 'layout')
      back(text('back'), 'restricted')
    },
    AREA,
  )
}

/** Clients: lift a restriction, whoever set it. */
export async function operatorLiftAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(
    data,
    async (ctx, text) => {
      const { clientId } = await liftRestriction({ ctx, input: { clientId: text('clientId') } })
      revalidatePath(`/clients/${clientId}`, 'layout')
      back(text('back'), 'lifted')
    },
    AREA,
  )
}
