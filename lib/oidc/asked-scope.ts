import { errors, type KoaContextWithOIDC } from 'oidc-provider'

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
