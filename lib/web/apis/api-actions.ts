'use server'

import { revalidatePath } from 'next/cache'
import { deleteResourceServer, saveResourceServer } from '#lib/resources/index.ts'
import { runAction } from '../action.ts'
import type { FormState } from '../form-state.ts'

/** APIs: adds one, or changes one when its id is sent. */
export async function saveApiAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async (ctx, text) => {
    const id = text('id')
    const { name } = await saveResourceServer({
      ctx,
      input: {
        teamId: text('teamId'),
        ...(id ? { id } : {}),
        name: text('name'),
        identifier: text('identifier'),
        tokenFormat: text('tokenFormat') === 'jwt' ? 'jwt' : 'opaque',
        accessTokenTtl: Math.round(Number(text('accessTokenTtl').replace(',', '.')) * 60),
        scopes: text('scopes').split(/[\s,]+/),
      },
    })
    revalidatePath('/apis')
    return { notice: 'apiSaved', params: { name } }
  })
}

/** APIs: removes one. */
export async function deleteApiAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async (ctx, text) => {
    const { name } = await deleteResourceServer({ ctx, input: { teamId: text('teamId'), id: text('id') } })
    revalidatePath('/apis')
    return { notice: 'apiDeleted', params: { name } }
  })
}
