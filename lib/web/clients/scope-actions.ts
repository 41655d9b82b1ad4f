'use server'

import { revalidatePath } from 'next/cache'
import { setClientScopes } from '#lib/scopes/index.ts'
import { runAction } from '../action.ts'
import type { FormState } from '../form-state.ts'

/** Scopes: what the client may ask for, and which of it people may decline. */
export async function saveScopesAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async (ctx, text) => {
    const clientId = text('clientId')
    const all = (name: string) => data.getAll(name).filter((value) => typeof value === 'string')
    const optional = new Set(all('optional'))
    const scopes = all('scope').map((name) => ({ name, optional: optional.has(name) }))
    const version = Number(text('version') || Number.NaN)
    await setClientScopes({ ctx, input: { clientId, scopes, ...(Number.isInteger(version) ? { version } : {}) } })
    revalidatePath(`/clients/${clientId}`, 'layout')
    return { notice: 'scopesSaved' }
  })
}
