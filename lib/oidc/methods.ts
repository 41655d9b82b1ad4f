import type { KoaContextWithOIDC } from 'oidc-provider'
import { env } from '#lib/env.ts'
import { routePath } from './route-path.ts'

/** Where a page of another origin may ask by `fetch`, and so asks first. */
const CORS = 'OPTIONS'

/** Which methods each address takes; HEAD goes with GET. Addresses with an id in them are the library's. */
const METHODS: Readonly<Record<string, readonly string[]>> = {
  '/.well-known/openid-configuration': ['GET', CORS],
  '/.well-known/oauth-authorization-server': ['GET', CORS],
  '/jwks': ['GET', CORS],
  '/auth': ['GET', 'POST'],
  '/request': ['POST', CORS],
  '/token': ['POST', CORS],
  '/token/introspection': ['POST', CORS],
  '/token/revocation': ['POST', CORS],
  '/me': ['GET', 'POST', CORS],
  '/device': ['GET', 'POST'],
  '/device/auth': ['POST', CORS],
  '/session/end': ['GET', 'POST'],
  '/session/end/confirm': ['POST'],
  '/session/end/success': ['GET'],
  '/reg': ['POST'],
}

/**
 * Refuses a method that an address does not take with 405 and tells those that it does (RFC 9110 §15.5.6; RFC 9126 §2.3 for pushed requests). The
 * library takes such an address for an unknown one, or `GET /device/auth` for one with an id. A plain OPTIONS, which is no page's, hears of them too.
 */
export async function refuseMethods(ctx: KoaContextWithOIDC, next: () => Promise<unknown>): Promise<void> {
  const path = routePath(ctx)
  const methods = path === '/reg' && !env().DYNAMIC_REGISTRATION ? undefined : METHODS[path]
  const method = ctx.method === 'HEAD' ? 'GET' : ctx.method
  const preflight = method === 'OPTIONS' && ctx.get('access-control-request-method') !== ''
  if (!methods || (methods.includes(method) && (method !== 'OPTIONS' || preflight))) return void (await next())
  ctx.set('Allow', allowed(methods))
  if (method === 'OPTIONS' && !preflight) {
    ctx.status = 204
    return
  }
  ctx.body = { error: 'invalid_request', error_description: `${ctx.path} takes ${allowed(methods)}, not ${ctx.method}` }
  ctx.status = 405
}

function allowed(methods: readonly string[]): string {
  return [...new Set(methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).concat('OPTIONS'))].join(', ')
}
