'use server'

import { refresh } from 'next/cache'
import { addRedirectUri, enableClient } from '#lib/clients/index.ts'
import type { Ctx } from '#lib/context.ts'
import { allowAddress, setDomain, verifyDomain } from '#lib/domains/index.ts'
import { AppError } from '#lib/errors.ts'
import { FIX_ACTIONS, type FixAction } from '#lib/explain/index.ts'
import { runAction } from '../action.ts'
import type { FormState } from '../form-state.ts'

type Fix = (ctx: Ctx, text: (name: string) => string) => Promise<unknown>

/** Each click and the verb that it calls: the verb decides who may, and leaves its own audit event. */
const FIXES: Record<FixAction, Fix> = {
  enable_client: (ctx, text) => enableClient({ ctx, input: { clientId: text('clientId') } }),
  add_domain: (ctx, text) => setDomain({ ctx, input: place(text) }),
  activate_domain: (ctx, text) => setDomain({ ctx, input: { ...place(text), active: true } }),
  domain_live: (ctx, text) => setDomain({ ctx, input: { ...place(text), mode: 'live' } }),
  domain_test: (ctx, text) => setDomain({ ctx, input: { ...place(text), mode: 'test' } }),
  allow_login: (ctx, text) => setDomain({ ctx, input: { ...place(text), allowLogin: true } }),
  allow_api: (ctx, text) => setDomain({ ctx, input: { ...place(text), allowApi: true } }),
  allow_address: (ctx, text) => allowAddress({ ctx, input: { ...place(text), address: text('ip') } }),
  add_redirect_uri: (ctx, text) => addRedirectUri({ ctx, input: { clientId: text('clientId'), uri: text('uri'), kind: 'login' } }),
  verify_domain: async (ctx, text) => {
    const result = await verifyDomain({ ctx, input: { clientId: text('clientId'), domainId: text('domainId'), method: 'dns' } })
    if (result.verified) return
    const { code, at, seen } = result.found
    throw new AppError('conflict', { params: { reason: `proof_${code}`, at, seen } })
  },
}

function place(text: (name: string) => string) {
  return { clientId: text('clientId'), host: text('host') }
}

/** One click of an explanation: mends what a request was refused for. */
export async function fixAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(
    data,
    async (ctx, text) => {
      const action = FIX_ACTIONS.find((known) => known === text('action'))
      if (!action) throw new AppError('not_found')
      await FIXES[action](ctx, text)
      refresh()
      return { notice: action }
    },
    'explain',
  )
}
