import { type AdapterPayload, type Configuration, errors, type KoaContextWithOIDC, Provider } from 'oidc-provider'
import { type ClientMetadata, registerClient } from '#lib/clients/index.ts'
import { systemContext } from '#lib/context.ts'
import { env } from '#lib/env.ts'
import { isAppError } from '#lib/errors.ts'
import { newId } from '#lib/ids.ts'
import { findRegistrationToken, giveBackRegistration, takeRegistration } from '#lib/registrations/index.ts'
import { factsOf } from '#lib/request-facts.ts'
import { requestState } from './request-state.ts'

// Dynamic client registration (RFC 7591), where the operator opened it. The library reads and validates the metadata and writes the answer;
// the client itself is made by the same verbs as the dashboard's.

/** Off unless the installation says so; always with an initial access token, and without managing what was registered (RFC 7592). */
export function registrationFeature(): NonNullable<Configuration['features']>['registration'] {
  return {
    enabled: env().DYNAMIC_REGISTRATION,
    initialAccessToken: true,
    issueRegistrationAccessToken: false,
    // Both stand in until the client is made, which has its own.
    idFactory: () => newId('cl'),
    secretFactory: () => newId('sec'),
  }
}

/** The initial access token with this value, as the library's store would give it. */
export async function findInitialAccessToken(value: string): Promise<AdapterPayload | undefined> {
  const found = await findRegistrationToken(value)
  const state = requestState()
  if (!found || !state) return undefined
  state.registration = { tokenId: found.id, teamId: found.teamId }
  const seconds = (date: Date) => Math.floor(date.getTime() / 1000)
  return { jti: value, kind: 'InitialAccessToken', iat: seconds(found.createdAt), exp: seconds(found.expiresAt) }
}

/** Where the library stores what it validated: makes the client, as one use of the token. @throws errors of the protocol */
export async function storeRegistration(metadata: AdapterPayload): Promise<void> {
  const ctx = Provider.ctx as KoaContextWithOIDC | undefined
  const state = ctx && requestState(ctx)
  if (!ctx || !state?.registration || ctx.oidc.route !== 'registration') throw new Error('clients are not written through the protocol')
  const { tokenId, teamId } = state.registration
  if (!(await takeRegistration(tokenId))) throw new errors.InvalidToken('the initial access token is used up')
  const facts = factsOf(ctx.req)
  const acting = { ...systemContext('registration'), requestId: facts?.requestId ?? '', ip: facts?.ip ?? null }
  try {
    state.registered = await registerClient({ ctx: acting, input: { teamId, metadata: metadata as ClientMetadata } })
  } catch (error) {
    await giveBackRegistration(tokenId)
    if (isAppError(error)) throw new errors.InvalidClientMetadata(error.message)
    throw error
  }
}

/**
 * Answers a registration with the client that was made (RFC 7591 §3.2.1: "all registered metadata about this client"). The library's own answer is what
 * was asked for: it would tell of metadata that is not kept, and of grants that such a client does not get.
 */
export async function answerRegistration(ctx: KoaContextWithOIDC, next: () => Promise<unknown>): Promise<void> {
  await next()
  const made = requestState(ctx)?.registered
  if (!made || ctx.status !== 201 || typeof ctx.body !== 'object') return
  const registered = await ctx.oidc.provider.Client.find(made.id)
  if (!registered) throw new Error('the registered client is gone')
  // Its secret is a placeholder.
  const { client_secret: _, client_secret_expires_at: __, ...metadata } = registered.metadata()
  ctx.body = {
    ...metadata,
    client_id_issued_at: (ctx.body as { client_id_issued_at?: number }).client_id_issued_at,
    ...(made.secret ? { client_secret: made.secret, client_secret_expires_at: 0 } : {}),
  }
  ctx.status = 201
}
