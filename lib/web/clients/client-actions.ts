'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { liftRestriction, restrictClient } from '#lib/alerts/index.ts'
import { createClient, deleteClient, disableClient, enableClient, renameClient } from '#lib/clients/index.ts'
import { env } from '#lib/env.ts'
import { runAction } from '../action.ts'
import type { FormState } from '../form-state.ts'

/** What the page after creating shows, this once. */
export type CreatedClientResult = {
  id: string
  name: string
  secret: string | null
  issuer: string
  type: 'confidential' | 'public'
}

/** "Create client". The secret is in this answer and nowhere else. */
export async function createClientAction(_: FormState<CreatedClientResult>, data: FormData): Promise<FormState<CreatedClientResult>> {
  return runAction(data, async (ctx, text) => {
    const kind = text('kind')
    const { client, secret } = await createClient({
      ctx,
      input: {
        teamId: text('teamId'),
        name: text('name'),
        ...(kind === 'spa' || kind === 'native' ? { type: 'public', applicationType: kind } : {}),
      },
    })
    revalidatePath('/clients')
    const result = {
      id: client.id,
      name: client.name,
      secret: secret?.value ?? null,
      issuer: `${env().PUBLIC_URL}/oidc`,
      type: client.type,
    }
    return { result }
  })
}

/** Settings: the name, unless someone else changed the client since the page was opened. */
export async function renameClientAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async (ctx, text) => {
    const version = Number(text('version'))
    const input = { clientId: text('clientId'), name: text('name'), ...(Number.isInteger(version) ? { version } : {}) }
    const client = await renameClient({ ctx, input })
    revalidatePath(`/clients/${client.id}`, 'layout')
    return { notice: 'renamed' }
  })
}

/** Settings: disable. */
export async function disableClientAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async (ctx, text) => {
    const client = await disableClient({ ctx, input: { clientId: text('clientId') } })
    revalidatePath(`/clients/${client.id}`, 'layout')
    return { notice: 'disabled', params: { name: client.name } }
  })
}

/** Settings: enable. */
export async function enableClientAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async (ctx, text) => {
    const client = await enableClient({ ctx, input: { clientId: text('clientId') } })
    revalidatePath(`/clients/${client.id}`, 'layout')
    return { notice: 'enabled', params: { name: client.name } }
  })
}

/** Settings: restrict for abuse, with a reason for the team. */
export async function restrictClientAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async (ctx, text) => {
    const { clientId } = await restrictClient({ ctx, input: { clientId: text('clientId'), reason: text('reason') } })
    revalidatePath(`/clients/${clientId}`, 'layout')
    return { notice: 'restricted' }
  })
}

/** Settings: lift the restriction; an operator's only by an operator. */
export async function liftRestrictionAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async (ctx, text) => {
    const { clientId } = await liftRestriction({ ctx, input: { clientId: text('clientId') } })
    revalidatePath(`/clients/${clientId}`, 'layout')
    return { notice: 'lifted' }
  })
}

/** Settings: delete, when the name was typed right; back to the list. */
export async function deleteClientAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async (ctx, text) => {
    await deleteClient({ ctx, input: { clientId: text('clientId'), name: text('name') } })
    revalidatePath('/clients')
    redirect('/clients?deleted=1')
  })
}
