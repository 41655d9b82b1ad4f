'use server'

import { revalidatePath } from 'next/cache'
import { liftRestriction, restrictClient } from '#lib/alerts/index.ts'
import { type ClientKind, createClient, kindOf } from '#lib/clients/index.ts'
import { env } from '#lib/env.ts'
import { runAction } from '../action.ts'
import type { FormState } from '../form-state.ts'

/** What the page after creating shows, this once. */
export type CreatedClientResult = {
  id: string
  name: string
  kind: ClientKind
  secret: string | null
  /** The origin of this installation. */
  origin: string
  domain: string
  redirectUri: string | null
  idTokenAlg: string
  /** The form had made it before: its secret went with that answer. */
  repeated: boolean
}

const KINDS = {
  spa: { type: 'public', applicationType: 'spa' },
  native: { type: 'public', applicationType: 'native' },
  machine: { machine: true },
} as const

/** "Create client". The secret is in this answer and nowhere else. */
export async function createClientAction(before: FormState<CreatedClientResult>, data: FormData): Promise<FormState<CreatedClientResult>> {
  return runAction(data, async (ctx, text) => {
    const kind = text('kind')
    const { client, secret, domains, redirectUris, repeated } = await createClient({
      ctx,
      input: {
        teamId: text('teamId'),
        name: text('name'),
        ...(text('formId') ? { idempotencyKey: text('formId').slice(0, 100) } : {}),
        ...(Object.hasOwn(KINDS, kind) ? KINDS[kind as keyof typeof KINDS] : {}),
      },
    })
    // The second click of a double click: the answer to the first, which the page has, is the one with the secret.
    if (repeated && before.result?.id === client.id) return { result: before.result }
    revalidatePath('/clients')
    const result = {
      id: client.id,
      name: client.name,
      kind: kindOf(client),
      idTokenAlg: client.idTokenSignedResponseAlg,
      secret: secret?.value ?? null,
      origin: env().PUBLIC_URL,
      domain: domains[0]?.host ?? 'localhost',
      redirectUri: redirectUris[0]?.uri ?? null,
      repeated,
    }
    return { result }
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
