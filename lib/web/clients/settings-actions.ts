'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import {
  deleteClient,
  disableClient,
  enableClient,
  removeLogo,
  restoreClient,
  setLogo,
  transferClient,
  updateClient,
} from '#lib/clients/index.ts'
import { MAX_LOGO_BYTES } from '#lib/clients/schemas.ts'
import { teamsOf } from '#lib/teams/index.ts'
import { runAction } from '../action.ts'
import type { FormState } from '../form-state.ts'

/** Which client, and the version of it that the page showed: the later of two editors is told. */
function ref(text: (name: string) => string): { clientId: string; version?: number } {
  const version = Number(text('version'))
  return { clientId: text('clientId'), ...(text('version') && Number.isInteger(version) ? { version } : {}) }
}

/** Name and description. */
export async function updateClientAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async (ctx, text) => {
    const client = await updateClient({ ctx, input: { ...ref(text), name: text('name'), description: text('description') } })
    revalidatePath(`/clients/${client.id}`, 'layout')
    return { notice: 'updated' }
  })
}

/** The picture. */
export async function setLogoAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async (ctx, text) => {
    const file = data.get('logo')
    const size = file instanceof File ? file.size : 0
    // One byte more than allowed is enough for the verb to refuse it.
    const content =
      file instanceof File ? new Uint8Array(await file.slice(0, Math.min(size, MAX_LOGO_BYTES + 1)).arrayBuffer()) : new Uint8Array()
    const client = await setLogo({ ctx, input: { ...ref(text), content } })
    revalidatePath(`/clients/${client.id}`, 'layout')
    return { notice: 'logoSet' }
  })
}

/** No picture. */
export async function removeLogoAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async (ctx, text) => {
    const client = await removeLogo({ ctx, input: ref(text) })
    revalidatePath(`/clients/${client.id}`, 'layout')
    return { notice: 'logoRemoved' }
  })
}

/** Disable. */
export async function disableClientAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async (ctx, text) => {
    const client = await disableClient({ ctx, input: ref(text) })
    revalidatePath(`/clients/${client.id}`, 'layout')
    return { notice: 'disabled', params: { name: client.name } }
  })
}

/** Enable. */
export async function enableClientAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async (ctx, text) => {
    const client = await enableClient({ ctx, input: ref(text) })
    revalidatePath(`/clients/${client.id}`, 'layout')
    return { notice: 'enabled', params: { name: client.name } }
  })
}

/** To another team. */
export async function transferClientAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async (ctx, text) => {
    const client = await transferClient({ ctx, input: { ...ref(text), toTeamId: text('toTeamId') } })
    revalidatePath('/clients', 'layout')
    const teams = ctx.actor.kind === 'user' ? await teamsOf(ctx.actor.userId) : []
    return { notice: 'transferred', params: { name: client.name, team: teams.find(({ id }) => id === client.teamId)?.name ?? '' } }
  })
}

/** Delete, when the name was typed right; back to the list of its team. */
export async function deleteClientAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async (ctx, text) => {
    await deleteClient({ ctx, input: { ...ref(text), name: text('name') } })
    revalidatePath('/clients')
    redirect('/clients?deleted=1')
  })
}

/** Bring a deleted one back. */
export async function restoreClientAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async (ctx, text) => {
    const client = await restoreClient({ ctx, input: { clientId: text('clientId') } })
    revalidatePath('/clients', 'layout')
    redirect(`/clients?${new URLSearchParams({ team: client.teamId, restored: client.id })}`)
  })
}
