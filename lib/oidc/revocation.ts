import type { KoaContextWithOIDC } from 'oidc-provider'

/**
 * Answers a revocation with an empty JSON object. RFC 7009 §2.2 lets clients ignore the body, but the library's empty one goes out as `text/plain`, and
 * libraries that take nothing but JSON from an OAuth endpoint (oidc-client-ts, simple-oauth2) report the revocation as failed.
 */
export async function answerRevocationInJson(ctx: KoaContextWithOIDC, next: () => Promise<unknown>): Promise<void> {
  await next()
  if (ctx.status === 200 && ctx.body === '') ctx.body = {}
}
