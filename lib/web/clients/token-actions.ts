'use server'

import { revalidatePath } from 'next/cache'
import { endConnection } from '#lib/connections/index.ts'
import { revokeClientTokens } from '#lib/grants/index.ts'
import { revokeToken, revokeUserTokens } from '#lib/tokens/index.ts'
import { runAction } from '../action.ts'
import type { FormState } from '../form-state.ts'

/** Tokens: end one authorization, or one token of the application. */
export async function revokeTokenAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async (ctx, text) => {
    const clientId = text('clientId')
    const { ended } = await revokeToken({ ctx, input: { clientId, reference: text('reference') } })
    revalidatePath(`/clients/${clientId}`, 'layout')
    return { notice: 'tokenRevoked', params: { count: ended } }
  })
}

/** Tokens: end all of one person. */
export async function revokeUserTokensAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async (ctx, text) => {
    const clientId = text('clientId')
    await revokeUserTokens({ ctx, input: { clientId, sub: text('sub') } })
    revalidatePath(`/clients/${clientId}`, 'layout')
    return { notice: 'userTokensRevoked' }
  })
}

/** Tokens: end all, or all of the application itself, when the client's name was typed right. */
export async function revokeAllTokensAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async (ctx, text) => {
    const clientId = text('clientId')
    const only = text('only') === 'client_credentials' ? { only: 'client_credentials' as const } : {}
    const { revoked } = await revokeClientTokens({ ctx, input: { clientId, name: text('name'), ...only } })
    revalidatePath(`/clients/${clientId}`, 'layout')
    return { notice: 'tokensRevoked', params: { count: revoked } }
  })
}

/** Users: end one person's connection. */
export async function endConnectionAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async (ctx, text) => {
    const clientId = text('clientId')
    await endConnection({ ctx, input: { clientId, sub: text('sub') } })
    revalidatePath(`/clients/${clientId}`, 'layout')
    return { notice: 'connectionEnded' }
  })
}
