import type { KoaContextWithOIDC } from 'oidc-provider'
import type { RequestState } from './request-state.ts'

/** Endpoints at which the client authenticates. */
const AUTHENTICATED = new Set(['token', 'introspection', 'revocation', 'pushed_authorization_request', 'device_authorization'])

/**
 * Whether a request came from who it says, or from a person or token that the client was given: a client's id alone is public, and so is no proof.
 * A public client shows itself by a code or token that is redeemed.
 */
export function isProven(ctx: KoaContextWithOIDC, state: RequestState | undefined): boolean {
  const { route = '', client } = ctx.oidc ?? {}
  const succeeded = ctx.status < 400
  if (!AUTHENTICATED.has(route)) return state?.loggedIn === true || (route === 'userinfo' && succeeded)
  if (client?.clientAuthMethod === 'none') return route === 'token' && succeeded
  if (state?.secret) return true
  // By a key: what fails before it is verified fails as `invalid_client` (401) or as a request that says too little.
  return client?.clientAuthMethod === 'private_key_jwt' && ctx.status !== 401 && state?.error?.message !== 'invalid_request'
}
