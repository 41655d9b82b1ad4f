import { createHash } from 'node:crypto'
import type { KoaContextWithOIDC } from 'oidc-provider'

/** What is the same for everybody and may be kept: RFC 8414 and RFC 7517 documents. */
const CACHEABLE = new Set(['discovery', 'jwks'])

/**
 * Seconds that a verifier may keep the JWKS. Rotation counts on it: a key is published before it signs, several ahead (`KEYS_AHEAD`), so
 * that a kept JWKS already holds the keys of the next rotations.
 */
const JWKS_MAX_AGE = 300

/** Lets discovery and JWKS be cached and asked for again cheaply (RFC 9110 §13.1.2). */
export async function cachePublicDocuments(ctx: KoaContextWithOIDC, next: () => Promise<unknown>): Promise<void> {
  await next()
  if (!CACHEABLE.has(ctx.oidc?.route ?? '') || ctx.status !== 200) return
  ctx.set('Cache-Control', `public, max-age=${JWKS_MAX_AGE}`)
  ctx.etag = createHash('sha256').update(JSON.stringify(ctx.body)).digest('base64url').slice(0, 27)
  if (!ctx.fresh) return
  ctx.status = 304
  ctx.body = null
}
