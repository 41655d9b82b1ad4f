import type { KoaContextWithOIDC } from 'oidc-provider'
import { requestState } from './request-state.ts'
import { loadClientSnapshot } from './store/client-snapshot.sql.ts'

/**
 * Takes a public client's name from HTTP Basic with an empty secret, as if it stood in the body where RFC 6749 §3.2.1 puts it: requests-oauthlib sends it so
 * unless it is told otherwise, and so does oidc-agent. It proves nothing, as little as a `client_id` does. Clients that have to prove themselves are left
 * to the library, which refuses them.
 */
export async function takePublicNameOfBasic(ctx: KoaContextWithOIDC, next: () => Promise<unknown>): Promise<void> {
  const id = nameWithoutSecret(ctx.req.headers.authorization)
  const state = requestState(ctx)
  if (id && state && (await loadClientSnapshot(id))?.token_endpoint_auth_method === 'none') {
    delete ctx.req.headers.authorization
    state.nameOfBasic = id
  }
  await next()
}

/** The user of Basic credentials (RFC 7617) whose password is empty; undefined for any others. */
function nameWithoutSecret(authorization: string | undefined): string | undefined {
  const encoded = /^basic ([a-z0-9+/]+={0,2})$/i.exec(authorization ?? '')?.[1]
  const [, name] = /^([^:]+):$/.exec(encoded ? Buffer.from(encoded, 'base64').toString('utf8') : '') ?? []
  try {
    return name && decodeURIComponent(name)
  } catch {
    return undefined
  }
}
