'use server'

import { revalidatePath } from 'next/cache'
import { addRedirectUri, removeRedirectUri } from '#lib/clients/index.ts'
import { removeDomain, setDomain, setPrimaryDomain, verifyDomain } from '#lib/domains/index.ts'
import { AppError } from '#lib/errors.ts'
import { type DomainPreview, previewDomainChange } from '#lib/gate/index.ts'
import { runAction } from '../action.ts'
import type { FormState } from '../form-state.ts'

const MODES = ['test', 'live'] as const

/** Domains: add one. */
export async function addDomainAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async (ctx, text) => {
    const clientId = text('clientId')
    const mode = MODES.find((one) => one === text('mode'))
    const domain = await setDomain({ ctx, input: { clientId, host: text('host'), ...(mode ? { mode } : {}) } })
    revalidatePath(`/clients/${clientId}`, 'layout')
    return { notice: domain.added ? 'domainAdded' : 'domainSaved', params: { host: domain.host } }
  })
}

/** What a change would have refused, and which change that was: sent back with it, it says that the person has seen this. */
export type DomainPreviewResult = { preview: DomainPreview; of: string }

/**
 * Domains: everything of one that a form can change. First shows what the change would have refused: when that was asked for, and before
 * saving a change that would have refused something, unless just this was shown.
 */
export async function saveDomainAction(_: FormState<DomainPreviewResult>, data: FormData): Promise<FormState<DomainPreviewResult>> {
  return runAction(data, async (ctx, text) => {
    const clientId = text('clientId')
    const mode = MODES.find((one) => one === text('mode'))
    const on = (name: string) => text(name) === 'on'
    const ipAllowlist = text('ipAllowlist')
      .split(/[\s,]+/)
      .filter(Boolean)
    const switches = { active: on('active'), allowLogin: on('allowLogin'), allowApi: on('allowApi'), ipMonitor: on('ipMonitor') }
    const changes = { ...switches, ...(mode ? { mode } : {}), ipAllowlist, fallbackUri: text('fallbackUri') }
    const input = { clientId, host: text('host'), ...changes }
    const of = JSON.stringify(changes)
    if (text('intent') === 'preview' || text('previewed') !== of) {
      const preview = await previewDomainChange({ ctx, input })
      const harmless = preview.known && preview.refused === 0
      if (text('intent') === 'preview' || !harmless) return { keep: true, result: { preview, of } }
    }
    const domain = await setDomain({ ctx, input: { ...input, updatedAt: text('version') } })
    revalidatePath(`/clients/${clientId}`, 'layout')
    return { notice: 'domainSaved', params: { host: domain.host } }
  })
}

/** Domains: make one primary. */
export async function primaryDomainAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async (ctx, text) => {
    const clientId = text('clientId')
    const { host } = await setPrimaryDomain({ ctx, input: { clientId, domainId: text('domainId') } })
    revalidatePath(`/clients/${clientId}`, 'layout')
    return { notice: 'domainPrimary', params: { host } }
  })
}

/** Domains: look for the proof that one is the team's. What was found instead is told at the form, which has changed nothing. */
export async function verifyDomainAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async (ctx, text) => {
    const clientId = text('clientId')
    const method = text('method') === 'file' ? 'file' : 'dns'
    const result = await verifyDomain({ ctx, input: { clientId, domainId: text('domainId'), method } })
    if (!result.verified) {
      const { code, at, seen } = result.found
      throw new AppError('conflict', { params: { reason: `proof_${code}`, at, seen } })
    }
    revalidatePath(`/clients/${clientId}`, 'layout')
    return { notice: 'domainVerified', params: { host: result.domain.host } }
  })
}

/** Domains: remove one, with its redirect URIs. */
export async function removeDomainAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async (ctx, text) => {
    const clientId = text('clientId')
    const { host } = await removeDomain({ ctx, input: { clientId, domainId: text('domainId') } })
    revalidatePath(`/clients/${clientId}`, 'layout')
    return { notice: 'domainRemoved', params: { host } }
  })
}

/** Redirect URIs: add one. */
export async function addRedirectUriAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async (ctx, text) => {
    const clientId = text('clientId')
    const kind = text('kind') === 'logout' ? 'logout' : 'login'
    // A pasted address often has a line break or space around it; within it they stay, and are refused.
    await addRedirectUri({ ctx, input: { clientId, uri: text('uri').trim(), kind } })
    revalidatePath(`/clients/${clientId}`, 'layout')
    return { notice: 'uriAdded' }
  })
}

/** Redirect URIs: remove one. */
export async function removeRedirectUriAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async (ctx, text) => {
    const clientId = text('clientId')
    await removeRedirectUri({ ctx, input: { clientId, redirectUriId: text('redirectUriId') } })
    revalidatePath(`/clients/${clientId}`, 'layout')
    return { notice: 'uriRemoved' }
  })
}
