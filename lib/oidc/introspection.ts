import type { Client, KoaContextWithOIDC } from 'oidc-provider'
import { requestState } from './request-state.ts'
import { loadClientSnapshot } from './store/client-snapshot.sql.ts'

/**
 * Who learns about a token: the client that it was issued to, and those (resource servers) that its owner named. Anybody else hears that
 * it is not active, as of one that never was. A public client proves nothing, so it learns about its own only.
 */
export async function mayIntrospect(ctx: KoaContextWithOIDC, client: Client, token: { clientId?: string | undefined }): Promise<boolean> {
  if (!token.clientId) return false
  if (token.clientId === client.clientId) return true
  if (client.clientAuthMethod === 'none') return false
  const owner = requestState(ctx)?.clients.get(token.clientId) ?? (await loadClientSnapshot(token.clientId))
  return owner?.introspectors.includes(client.clientId) === true
}
