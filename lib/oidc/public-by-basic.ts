import type { KoaContextWithOIDC } from 'oidc-provider'
import { requestState } from './request-state.ts'
import { loadClientSnapshot } from './store/client-snapshot.sql.ts'

/**
 * Takes a public client's name from HTTP Basic with an empty secret, as if it stood in the body where RFC 6749 §3.2.1 puts it: requests-oauthlib sends it so
 * unless it is told otherwise, and so does oidc-agent. It proves nothing, as little as a `client_id` does. Clients that have to prove themselves are left
 * to the library, which refuses them.
 */
export function takePublicNameOfBasic(ctx: KoaContextWithOIDC, next: () => Promise<unknown>): Promise<unknown> {
  const id = nameWithoutSecret(ctx.req.headers.authorization)
  // No step of its own for the many that prove themselves.
  return id ? takeName(ctx, id).then(next) : next()
}

async function takeName(ctx: KoaContextWithOIDC, id: string): Promise<void> {
  const state = requestState(ctx)
  if (!state || (await loadClientSnapshot(id))?.token_endpoint_auth_method !== 'none') return
  delete ctx.req.headers.authorization
  state.nameOfBasic = id
}

/** Basic credentials that may end with a colon, in the three ways that base64 writes it; none of those that surely do not. */
const MAY_LACK_SECRET = /^basic ([a-z0-9+/]*(?:6|o=|og==))$/i

/** The user of Basic credentials (RFC 7617) whose password is empty; undefined for any others. */
function nameWithoutSecret(authorization: string | undefined): string | undefined {
  const encoded = MAY_LACK_SECRET.exec(authorization ?? '')?.[1]
  const [, name] = /^([^:]+):$/.exec(encoded ? Buffer.from(encoded, 'base64').toString('utf8') : '') ?? []
  try {
    return name && decodeURIComponent(name)
  } catch {
    return undefined
  }
}
