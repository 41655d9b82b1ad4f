import type { KoaContextWithOIDC } from 'oidc-provider'

/**
 * The path below `/oidc` as the library's router compares it: in any case, with or without a slash at its end. What runs before the router and is
 * for one route asks this, or another spelling of the same address would pass it by.
 */
export function routePath(ctx: KoaContextWithOIDC): string {
  return ctx.path.toLowerCase().replace(/\/$/, '')
}
