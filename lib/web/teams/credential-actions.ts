'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { revokeSecret } from '#lib/clients/index.ts'
import { runAction } from '../action.ts'
import type { FormState } from '../form-state.ts'

const PAGE = '/team/credentials'

/** Credentials: revoke one at once. Its line goes with it and could not tell of it: the page does. */
export async function revokeCredentialAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async (ctx, text) => {
    const clientId = text('clientId')
    const { hint } = await revokeSecret({ ctx, input: { clientId, secretId: text('secretId') } })
    revalidatePath(`/clients/${clientId}`, 'layout')
    const [path, query = ''] = text('back').split('?')
    const params = new URLSearchParams(path === PAGE ? query : '')
    params.set('revoked', hint)
    redirect(`${PAGE}?${params}`)
  })
}
