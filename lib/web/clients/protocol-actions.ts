'use server'

import { revalidatePath } from 'next/cache'
import { setExchangeSources, setIntrospectors, setProtocol, setTokenPolicy } from '#lib/clients/index.ts'
import { runAction } from '../action.ts'
import type { FormState } from '../form-state.ts'

type Text = (name: string) => string

/** Settings: what a client must use, how it proves itself, where it hears of log-outs. */
export async function saveProtocolAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async (ctx, text) => {
    const clientId = text('clientId')
    const flag = (name: string) => text(name) === 'on'
    await setProtocol({
      ctx,
      input: {
        clientId,
        requirePar: flag('requirePar'),
        requireDpop: flag('requireDpop'),
        requireSignedRequest: flag('requireSignedRequest'),
        deviceFlow: flag('deviceFlow'),
        ...(text('authMethod') ? { authMethod: text('authMethod') as never } : {}),
        jwks: text('jwks'),
        jwksUri: text('jwksUri'),
        backchannelLogoutUri: text('backchannelLogoutUri'),
      },
    })
    revalidatePath(`/clients/${clientId}`, 'layout')
    return { notice: 'protocolSaved' }
  })
}

/** Settings: how long tokens live, and what ID tokens are signed with. Empty fields mean the standard. */
export async function saveTokenPolicyAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async (ctx, text) => {
    const clientId = text('clientId')
    await setTokenPolicy({
      ctx,
      input: {
        clientId,
        accessTokenTtl: seconds(text, 'accessTokenTtl', 60),
        idTokenTtl: seconds(text, 'idTokenTtl', 60),
        refreshTokenTtl: seconds(text, 'refreshTokenTtl', 86_400),
        refreshTokenCap: seconds(text, 'refreshTokenCap', 86_400),
        sessionTtl: seconds(text, 'sessionTtl', 3_600),
        rotateRefreshTokens: text('rotateRefreshTokens') === 'on',
        refreshReuseLeeway: seconds(text, 'refreshReuseLeeway', 1) ?? 0,
        ...(text('idTokenSignedResponseAlg') ? { idTokenSignedResponseAlg: text('idTokenSignedResponseAlg') as never } : {}),
      },
    })
    revalidatePath(`/clients/${clientId}`, 'layout')
    return { notice: 'policySaved' }
  })
}

/** Settings: which resource servers may introspect this client's tokens. */
export async function saveIntrospectorsAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async (ctx, text) => {
    const clientId = text('clientId')
    await setIntrospectors({ ctx, input: { clientId, partnerIds: text('partnerIds').split(/[\s,]+/) } })
    revalidatePath(`/clients/${clientId}`, 'layout')
    return { notice: 'introspectorsSaved' }
  })
}

/** Settings: whose tokens this client may exchange. */
export async function saveExchangeSourcesAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async (ctx, text) => {
    const clientId = text('clientId')
    const chosen = data.getAll('subjectClientIds').filter((value) => typeof value === 'string')
    await setExchangeSources({ ctx, input: { clientId, subjectClientIds: chosen } })
    revalidatePath(`/clients/${clientId}`, 'layout')
    return { notice: 'exchangeSaved' }
  })
}

/** A number of `unit`s as seconds; null when the field is empty. What is no number is refused by the verb. */
function seconds(text: Text, name: string, unit: number): number | null {
  const typed = text(name).trim().replace(',', '.')
  return typed === '' ? null : Math.round(Number(typed) * unit)
}
