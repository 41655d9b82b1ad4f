import { errors, type KoaContextWithOIDC } from 'oidc-provider'
import { requestState } from './request-state.ts'

/** Endpoints that a grant begins or ends at (RFC 6749 §5.2, and RFC 8628 §3.2 with the same errors). */
const ROUTES = new Set(['token', 'device_authorization'])

/**
 * Says `unauthorized_client` to a client that may not use a grant (RFC 6749 §5.2). The library says `invalid_request`, by which developers look for
 * what is wrong with their parameters.
 */
export async function tellUnauthorizedClients(ctx: KoaContextWithOIDC, next: () => Promise<unknown>): Promise<void> {
  await next()
  const state = requestState(ctx)
  const { error } = state ?? {}
  if (!state || !ROUTES.has(ctx.oidc?.route ?? '') || !(error instanceof errors.InvalidRequest)) return
  const { error_description: description = '' } = error
  if (!/^(requested grant type|\S+) is not allowed for this client$/.test(description)) return
  const unauthorized = new errors.UnauthorizedClient(description)
  state.error = unauthorized
  // A page, for who asked for one, says it in words.
  if (typeof ctx.body === 'object') ctx.body = { error: unauthorized.error, error_description: description }
}
