import { errors, type KoaContextWithOIDC } from 'oidc-provider'
import { env } from '#lib/env.ts'
import { factsOf } from '#lib/request-facts.ts'
import { requestState } from './request-state.ts'
import { routePath } from './route-path.ts'

/** Addresses that take secrets or tokens in a request. Pages keep theirs in cookies that no browser sends in the clear. */
const WITH_CREDENTIALS = new Set(['/token', '/token/introspection', '/token/revocation', '/request', '/device/auth', '/me', '/reg'])

/**
 * Refuses credentials that came in the clear to an https installation (RFC 6749 §3.2: "the authorization server MUST require the use of TLS"): a client
 * whose address is wrong would send its secret like that for ever, and nobody would notice. As the gate does; discovery and JWKS, which say the right
 * address, keep answering. What a proxy says of the connection counts where it is a trusted one.
 */
export async function requireTls(ctx: KoaContextWithOIDC, next: () => Promise<unknown>): Promise<void> {
  // Without the server's own listener (a host that runs only Next) nothing is known of the connection.
  const inTheClear = env().secure && factsOf(ctx.req)?.secure === false
  if (!inTheClear || ctx.method === 'OPTIONS' || !WITH_CREDENTIALS.has(routePath(ctx))) return void (await next())
  const error = new errors.InvalidRequest('TLS is required: this request, with its credentials, came in the clear')
  const state = requestState(ctx)
  if (state) state.error = error
  ctx.set('Cache-Control', 'no-store')
  ctx.body = { error: error.error, error_description: error.error_description }
  ctx.status = error.statusCode
}
