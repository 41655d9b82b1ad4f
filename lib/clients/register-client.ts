import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { normalizeHost } from '#lib/domains/index.ts'
import { AppError } from '#lib/errors.ts'
import { addRedirectUri } from './add-redirect-uri.ts'
import { createClient } from './create-client.ts'
import { deleteClient } from './delete-client.ts'
import { AUTH_METHODS, type AuthMethod, DEVICE_GRANT, type IdTokenAlgorithm } from './protocol-schemas.ts'
import { setProtocol } from './set-protocol.ts'
import { setTokenPolicy } from './set-token-policy.ts'

/** Client metadata (RFC 7591 §2) after the protocol's own validation. */
export type ClientMetadata = {
  client_name?: string
  application_type?: string
  token_endpoint_auth_method?: string
  redirect_uris?: string[]
  post_logout_redirect_uris?: string[]
  grant_types?: string[]
  scope?: string
  jwks?: object
  jwks_uri?: string
  backchannel_logout_uri?: string
  id_token_signed_response_alg?: string
  require_pushed_authorization_requests?: boolean
  require_signed_request_object?: boolean
  dpop_bound_access_tokens?: boolean
}

export type RegisteredClient = { id: string; secret: string | null; scopes: string[] }

/**
 * Registers a client from metadata that software sent, by the same verbs and limits as the dashboard. Its hosts are test domains: a person
 * of the team proves them and makes them live. All or nothing.
 * @throws AppError validation_failed, limit_reached
 */
export async function registerClient(args: { ctx: Ctx; input: { teamId: string; metadata: ClientMetadata } }): Promise<RegisteredClient> {
  const { ctx } = args
  const { teamId, metadata } = args.input
  const method = authMethodOf(metadata)
  const type = method === 'none' ? 'public' : 'confidential'
  const redirectUris = metadata.redirect_uris ?? []
  const logoutUris = metadata.post_logout_redirect_uris ?? []
  const { client, secret, scopes } = await createClient({
    ctx,
    input: {
      teamId,
      name: metadata.client_name?.trim() || 'Registered application',
      type,
      ...(type === 'public' ? { applicationType: metadata.application_type === 'native' ? 'native' : 'spa' } : {}),
      domains: hostsOf([...redirectUris, ...logoutUris]).map((host) => `${host}:test`),
      redirectUris,
      ...(metadata.scope === undefined ? {} : { scopes: metadata.scope.split(' ').filter(Boolean) }),
    },
  })
  try {
    for (const uri of logoutUris) await addRedirectUri({ ctx, input: { clientId: client.id, uri, kind: 'logout' } })
    await setProtocol({
      ctx,
      input: {
        clientId: client.id,
        authMethod: AUTH_METHODS.includes(method as AuthMethod) ? (method as AuthMethod) : 'client_secret_basic',
        jwks: metadata.jwks ? JSON.stringify(metadata.jwks) : null,
        jwksUri: metadata.jwks_uri ?? null,
        backchannelLogoutUri: metadata.backchannel_logout_uri ?? null,
        requirePar: metadata.require_pushed_authorization_requests === true,
        requireSignedRequest: metadata.require_signed_request_object === true,
        requireDpop: metadata.dpop_bound_access_tokens === true,
        deviceFlow: metadata.grant_types?.includes(DEVICE_GRANT) ?? false,
      },
    })
    const alg = metadata.id_token_signed_response_alg ?? client.idTokenSignedResponseAlg
    if (alg !== client.idTokenSignedResponseAlg) {
      await setTokenPolicy({ ctx, input: { clientId: client.id, idTokenSignedResponseAlg: alg as IdTokenAlgorithm } })
    }
    if (metadata.grant_types) await keepGrants(client.id, metadata.grant_types)
  } catch (error) {
    await deleteClient({ ctx, input: { clientId: client.id } })
    throw error
  }
  return { id: client.id, secret: method === 'private_key_jwt' ? null : (secret?.value ?? null), scopes }
}

/**
 * How the client proves itself. An app on a device gets no secret, here as in the dashboard (RFC 8252 §8.5), whatever stands in its metadata: libraries
 * such as AppAuth name no method, and RFC 7591 §2 makes that `client_secret_basic`. The answer tells them what they got (§3.2.1).
 */
function authMethodOf({ application_type, token_endpoint_auth_method = 'client_secret_basic' }: ClientMetadata): string {
  return application_type === 'native' && token_endpoint_auth_method !== 'private_key_jwt' ? 'none' : token_endpoint_auth_method
}

/** Of the grants that such a client may have, those that it asked for. */
async function keepGrants(id: string, asked: string[]): Promise<void> {
  const { grantTypes } = await db().client.findUniqueOrThrow({ where: { id }, select: { grantTypes: true } })
  const kept = grantTypes.filter((grant) => asked.includes(grant))
  if (kept.length === 0) {
    const message = 'None of these grant types is for such a client'
    throw new AppError('validation_failed', { message, fields: [{ path: 'grant_types', message, code: 'invalid' }] })
  }
  await db().client.update({ where: { id }, data: { grantTypes: kept } })
}

function hostsOf(uris: string[]): string[] {
  const hosts = uris.flatMap((uri) => {
    const parsed = URL.parse(uri)
    return parsed && /^https?:$/.test(parsed.protocol) ? (normalizeHost(parsed.hostname) ?? []) : []
  })
  return [...new Set(hosts)]
}
