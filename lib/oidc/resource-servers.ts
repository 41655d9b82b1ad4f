import { type Client, errors, type KoaContextWithOIDC, Provider, type ResourceServer } from 'oidc-provider'
import { findResourceServer, type ResourceServerDto } from '#lib/resources/index.ts'
import { requestState } from './request-state.ts'
import { loadClientSnapshot } from './store/client-snapshot.sql.ts'

/**
 * The resource server that a client may have tokens for: one of its own team, by its exact identifier. Any other is unknown, in one answer.
 * @throws errors.InvalidTarget
 */
export async function getResourceServerInfo(ctx: KoaContextWithOIDC, identifier: string, client: Client): Promise<ResourceServer> {
  const found = await findOnce(ctx, identifier, client)
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

/** Read once a request: the library asks for it after {@link checkResourceBeforeUse} did. */
function findOnce(ctx: KoaContextWithOIDC, identifier: string, client: Client): Promise<ResourceServerDto | null> {
  const state = requestState(ctx)
  const find = async () => {
    const snapshot = state?.clients.get(client.clientId) ?? (await loadClientSnapshot(client.clientId))
    return snapshot ? findResourceServer(snapshot.team_id, identifier) : null
  }
  const found = state?.resourceServers.get(identifier) ?? find()
  state?.resourceServers.set(identifier, found)
  return found
}

type Source = {
  error?: string
  resource?: string | string[]
  scopes: Set<string>
  resourceIndicators: Set<string>
  consume(): Promise<void>
}

/**
 * Looks whether the token that is asked for can be made for its resource (RFC 8707 §2.2) before the code or refresh token is used up: the library
 * looks afterwards, and who asked for the wrong one would have lost what it was granted. @throws errors.InvalidTarget
 */
export function checkResourceBeforeUse(provider: Provider): void {
  for (const model of [provider.AuthorizationCode, provider.DeviceCode, provider.RefreshToken]) {
    const prototype = model.prototype as unknown as Source
    const inherited = prototype.consume
    prototype.consume = async function consume(): Promise<void> {
      const ctx = Provider.ctx as KoaContextWithOIDC | undefined
      // One that the person declined says so whatever is asked for.
      if (ctx && !this.error) await assertResource(ctx, this)
      await inherited.call(this)
    }
  }
}

/** The library's own rules of the resource that a token is for (its helpers/resolve_resource.js), with our settings of them. */
async function assertResource(ctx: KoaContextWithOIDC, source: Source): Promise<void> {
  const { client, params } = ctx.oidc
  const { resource, scope } = (params ?? {}) as { resource?: string | string[]; scope?: string }
  const scopes = scope ? new Set(scope.split(' ')) : source.scopes
  // Without a resource, a token with `openid` is for the userinfo endpoint.
  const named = [resource || (scopes.has('openid') ? [] : (source.resource ?? []))].flat()
  if (named.length > 1) throw new errors.InvalidTarget('a token is for one resource: name it')
  const [identifier] = named
  if (identifier === undefined || !client) return
  if (!source.resourceIndicators.has(identifier)) throw new errors.InvalidTarget('this resource was not granted')
  await getResourceServerInfo(ctx, identifier, client)
}
