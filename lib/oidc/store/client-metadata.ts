import { env } from '#lib/env.ts'
import { hmac } from '#lib/secrets/index.ts'
import { checkLoginDomain, isNative } from '../domain-rules.ts'
import { withEitherEdwardsName } from '../edwards-keys.ts'
import type { ClientSnapshot } from './client-snapshot.sql.ts'

/** RFC 8693; off unless the owner named whose tokens. */
export const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'

type Metadata = Record<string, unknown>

/**
 * A client as the library wants it. Redirect URIs whose domain does not allow a log-in now are left out, so that the library itself
 * treats them as unregistered: an error page and no redirect, on every path through its code.
 */
export function clientMetadata(client: ClientSnapshot): Metadata {
  const known = derived.get(client)
  if (known) return known
  const metadata = derive(client)
  derived.set(client, metadata)
  return metadata
}

/** Requests that share a read share what follows from it. */
const derived = new WeakMap<ClientSnapshot, Metadata>()

function derive(client: ClientSnapshot): Metadata {
  const redirectUris = client.redirect_uris
    .filter((entry) => entry.kind === 'login' && checkLoginDomain(client, entry.domain_id, entry.uri).ok)
    .map((entry) => entry.uri)
    .filter((uri) => libraryAccepts(uri, client))
  const method = client.token_endpoint_auth_method
  const grantTypes = [...client.grant_types, ...(client.exchange_sources.length > 0 ? [TOKEN_EXCHANGE] : [])]
  return {
    client_id: client.id,
    client_name: client.name,
    // The library wants a whole address.
    ...(client.logo_uri ? { logo_uri: new URL(client.logo_uri, env().PUBLIC_URL).href } : {}),
    application_type: isNative(client) ? 'native' : 'web',
    // Without a redirect URI there is no code to be had; the library refuses a client that claims otherwise.
    grant_types: redirectUris.length > 0 ? grantTypes : grantTypes.filter((type) => type !== 'authorization_code'),
    response_types: redirectUris.length > 0 && client.grant_types.includes('authorization_code') ? ['code'] : [],
    redirect_uris: redirectUris,
    post_logout_redirect_uris: client.redirect_uris.filter((entry) => entry.kind === 'logout').map((entry) => entry.uri),
    token_endpoint_auth_method: method,
    scope: client.scopes.join(' '),
    ...(method === 'client_secret_basic' || method === 'client_secret_post' ? { client_secret: placeholderSecret(client.id) } : {}),
    id_token_signed_response_alg: client.id_token_signed_response_alg,
    // Besides client assertions, request objects are verified with them.
    ...(client.jwks_uri ? { jwks_uri: client.jwks_uri } : client.jwks ? { jwks: withEitherEdwardsName(client.jwks) } : {}),
    require_pushed_authorization_requests: client.require_par,
    require_signed_request_object: client.require_signed_request,
    dpop_bound_access_tokens: client.require_dpop,
    ...(client.backchannel_logout_uri
      ? { backchannel_logout_uri: client.backchannel_logout_uri, backchannel_logout_session_required: true }
      : {}),
  }
}

/**
 * The library wants a secret in the metadata; the real ones are compared in client-auth.ts. Nobody may guess this one, and it must
 * stay the same, since the library caches clients by their metadata.
 */
function placeholderSecret(clientId: string): string {
  return hmac('placeholder-secret', clientId).toString('base64url')
}

/** One URI that the library refuses would make it refuse the whole client. */
function libraryAccepts(uri: string, client: ClientSnapshot): boolean {
  const parsed = URL.parse(uri)
  if (!parsed || uri.includes('#')) return false
  const loopback = ['localhost', '127.0.0.1', '[::1]'].includes(parsed.hostname)
  if (!isNative(client)) return parsed.protocol === 'https:' || parsed.protocol === 'http:'
  if (parsed.protocol === 'http:') return loopback
  return parsed.protocol !== 'https:' || !loopback
}
