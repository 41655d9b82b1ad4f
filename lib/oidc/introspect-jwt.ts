import { createLocalJWKSet, type JWTPayload, jwtVerify } from 'jose'
import { errors, type KoaContextWithOIDC } from 'oidc-provider'
import type { SigningKeys } from '#lib/keys/index.ts'
import { mayIntrospect } from './introspection.ts'
import { requestState } from './request-state.ts'
import { findArtifact } from './store/artifacts.sql.ts'
import { loadClientSnapshot } from './store/client-snapshot.sql.ts'
import { FAMILY_CLAIM } from './token-claims.ts'

/** What introspection tells of a token (RFC 7662 §2.2), of what a JWT has in it. */
const TOLD = ['act', 'aud', 'client_id', 'cnf', 'exp', 'iat', 'iss', 'jti', 'scope', 'sub']

/**
 * Answers the introspection of a JWT, which the library refuses with an error: what is no token of ours is not active (RFC 7662 §2.2), and of a JWT
 * access token of ours (RFC 9068) is told what it says, as long as its client, its person and its family live.
 */
export function introspectJwts({ keys }: SigningKeys): (ctx: KoaContextWithOIDC, next: () => Promise<unknown>) => Promise<void> {
  const published = createLocalJWKSet({
    keys: keys.map(({ kty, kid, alg, n, e }) => ({ kty, kid, alg, n, e })).filter(({ kty }) => kty === 'RSA'),
  } as never)
  return async (ctx, next) => {
    await next()
    const state = requestState(ctx)
    // Only who has proven itself gets as far as that.
    if (ctx.oidc?.route !== 'introspection' || !(state?.error instanceof errors.UnsupportedTokenType)) return
    delete state.error
    const claims = await livingClaims(ctx, published)
    ctx.status = 200
    ctx.body = claims ? { active: true, token_type: claims.cnf ? 'DPoP' : 'Bearer', ...told(claims) } : { active: false }
  }
}

async function livingClaims(ctx: KoaContextWithOIDC, published: ReturnType<typeof createLocalJWKSet>): Promise<JWTPayload | null> {
  const { client, issuer, params } = ctx.oidc
  const verified = await jwtVerify(String(params?.token), published, { issuer, typ: 'at+jwt', algorithms: ['RS256'] }).catch(() => null)
  if (!verified || !client) return null
  const { payload } = verified
  const clientId = String(payload.client_id)
  if (!(await mayIntrospect(ctx, client, { clientId }))) return null
  const family = payload[FAMILY_CLAIM]
  // Of the machine itself, there is no family; else that one is gone with its client, its person, or the family that it came from.
  const alive = typeof family === 'string' ? await findArtifact(Buffer.from(family, 'base64url')) : await loadClientSnapshot(clientId)
  return alive ? payload : null
}

function told(claims: JWTPayload): Record<string, unknown> {
  return Object.fromEntries(Object.entries(claims).filter(([name]) => TOLD.includes(name)))
}
