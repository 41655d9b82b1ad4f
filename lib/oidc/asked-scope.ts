import { errors, type KoaContextWithOIDC, Provider } from 'oidc-provider'

/**
 * Refuses an authorization that asks for nothing that can be granted (RFC 6749 §3.3: without a scope, and there is no default here, the request
 * fails): the library would go on, and in the end tell the client of a denial that nobody made. Claims by themselves need `openid`, which it checks.
 * Called after scopes and resources were read. @throws invalid_scope
 */
export function assertSomethingAsked({ oidc }: KoaContextWithOIDC): void {
  if (oidc.requestParamOIDCScopes.size > 0) return
  const ofResources = Object.values(oidc.resourceServers ?? {}).flatMap(({ scopes }) => [...scopes])
  if (ofResources.some((scope) => oidc.requestParamScopes.has(scope))) return
  throw new errors.CustomOIDCProviderError(
    'invalid_scope',
    'no known scope is requested: name at least one of the client, such as openid, or of the resource',
  )
}

type MachineToken = { scope?: string; save(...args: unknown[]): Promise<string> }

/**
 * Refuses client credentials of which no requested scope is known, to us or to the resource (RFC 6749 §5.2). The library leaves unknown scopes out, and
 * of such a request nothing is left: its answer would have no `scope`, which says that all was granted that was asked for (§5.1). Asking for no scope is
 * a token without one.
 */
export function refuseUnknownScopesOfMachines(provider: Provider): void {
  const prototype = provider.ClientCredentials.prototype as unknown as MachineToken
  const inherited = prototype.save
  prototype.save = async function save(...args: unknown[]): Promise<string> {
    // What was sent: the library has taken unknown scopes out of its parameters by now.
    const asked = ((Provider.ctx as KoaContextWithOIDC | undefined)?.oidc.body as { scope?: string } | undefined)?.scope
    if (asked && !this.scope) {
      throw new errors.InvalidScope('no known scope is requested: name one of the client or of the resource, or leave it out', asked)
    }
    return inherited.apply(this, args)
  }
}
