import { type Client, errors, type KoaContextWithOIDC, type ResourceServer } from 'oidc-provider'
import { findResourceServer } from '#lib/resources/index.ts'
import { requestState } from './request-state.ts'
import { loadClientSnapshot } from './store/client-snapshot.sql.ts'

/**
 * The resource server that a client may have tokens for: one of its own team, by its exact identifier. Any other is unknown, in one answer.
 * @throws errors.InvalidTarget
 */
export async function getResourceServerInfo(ctx: KoaContextWithOIDC, identifier: string, client: Client): Promise<ResourceServer> {
  const snapshot = requestState(ctx)?.clients.get(client.clientId) ?? (await loadClientSnapshot(client.clientId))
  const found = snapshot && (await findResourceServer(snapshot.team_id, identifier))
  if (!found) throw new errors.InvalidTarget('there is no such resource server')
  return {
    scope: found.scopes.join(' '),
    audience: found.identifier,
    accessTokenTTL: found.accessTokenTtl,
    accessTokenFormat: found.tokenFormat,
    // RFC 9068 §2.1: RS256 is what every resource server understands.
    ...(found.tokenFormat === 'jwt' ? { jwt: { sign: { alg: 'RS256' } } } : {}),
  } as ResourceServer
}
