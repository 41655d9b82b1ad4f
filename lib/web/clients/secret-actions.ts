'use server'

import { revalidatePath } from 'next/cache'
import {
  createSecret,
  editSecret,
  type LeakReport,
  type NewSecretDto,
  reportLeak,
  revokeSecret,
  rotateSecret,
  setSecretDomains,
} from '#lib/clients/index.ts'
import { runAction } from '../action.ts'
import type { FormState } from '../form-state.ts'

/** A new secret as its page shows it, this once. */
export type NewSecretResult = { id: string; value: string; mode: 'test' | 'live'; label: string | null }

function once({ id, value, mode, label }: NewSecretDto): NewSecretResult {
  return { id, value, mode, label }
}

/** Secrets: create one. */
export async function createSecretAction(_: FormState<NewSecretResult>, data: FormData): Promise<FormState<NewSecretResult>> {
  return runAction(data, async (ctx, text) => {
    const clientId = text('clientId')
    const expiresAt = text('expiresAt')
    const mode = text('mode') === 'live' ? 'live' : 'test'
    const secret = await createSecret({ ctx, input: { clientId, mode, label: text('label'), ...(expiresAt ? { expiresAt } : {}) } })
    revalidatePath(`/clients/${clientId}`, 'layout')
    return { notice: 'secretCreated', result: once(secret) }
  })
}

/** Secrets: rotate one; the old lives for the overlap. */
export async function rotateSecretAction(_: FormState<NewSecretResult>, data: FormData): Promise<FormState<NewSecretResult>> {
  return runAction(data, async (ctx, text) => {
    const clientId = text('clientId')
    const overlap = (['now', '1h', '24h', '7d'] as const).find((one) => one === text('overlap')) ?? '24h'
    const { secret } = await rotateSecret({ ctx, input: { clientId, secretId: text('secretId'), overlap } })
    revalidatePath(`/clients/${clientId}`, 'layout')
    return { notice: 'secretRotated', result: once(secret) }
  })
}

/** Secrets: another label or expiry. */
export async function editSecretAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async (ctx, text) => {
    const clientId = text('clientId')
    const expiresAt = text('expiresAt')
    // The control knows no seconds: untouched, it must not shorten the life of the secret.
    const expiry = expiresAt === text('shownExpiresAt') ? {} : { expiresAt: expiresAt || null }
    const { hint } = await editSecret({ ctx, input: { clientId, secretId: text('secretId'), label: text('label'), ...expiry } })
    revalidatePath(`/clients/${clientId}`, 'layout')
    return { notice: 'secretSaved', params: { hint } }
  })
}

/** Secrets: "Leaked?". What was done stays in the page. */
export async function reportLeakAction(_: FormState<LeakReport>, data: FormData): Promise<FormState<LeakReport>> {
  return runAction(data, async (ctx, text) => {
    const clientId = text('clientId')
    const disableClient = text('disableClient') === 'on'
    const result = await reportLeak({ ctx, input: { clientId, secretId: text('secretId'), disableClient } })
    revalidatePath(`/clients/${clientId}`, 'layout')
    return { notice: 'secretLeaked', params: { hint: result.hint }, result }
  })
}

/** Secrets: revoke one at once. */
export async function revokeSecretAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async (ctx, text) => {
    const clientId = text('clientId')
    const { hint } = await revokeSecret({ ctx, input: { clientId, secretId: text('secretId') } })
    revalidatePath(`/clients/${clientId}`, 'layout')
    return { notice: 'secretRevoked', params: { hint } }
  })
}

/** Secrets: restrict one to the chosen domains; with none chosen it works on all. */
export async function secretDomainsAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async (ctx, text) => {
    const clientId = text('clientId')
    const domainIds = data.getAll('domainIds').filter((id) => typeof id === 'string')
    const { hint } = await setSecretDomains({ ctx, input: { clientId, secretId: text('secretId'), domainIds } })
    revalidatePath(`/clients/${clientId}`, 'layout')
    return { notice: 'secretDomains', params: { hint } }
  })
}
