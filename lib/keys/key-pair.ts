import { createHash } from 'node:crypto'
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import { encrypt } from '#lib/secrets/index.ts'

/** Signature algorithms in use, as registered for JOSE (RFC 7518, RFC 8037). HS* are absent on purpose: no client secret signs. */
export const ALGORITHMS = ['RS256', 'ES256', 'EdDSA'] as const

export type Algorithm = (typeof ALGORITHMS)[number]

export type NewKeyPair = { kid: string; alg: Algorithm; publicJwk: JWK; privateJwk: Buffer }

/** A fresh pair; the private half leaves this function only encrypted. RSA keys have 2048 bits (RFC 7518 §3.3). */
export async function createKeyPair(alg: Algorithm): Promise<NewKeyPair> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true, ...(alg === 'RS256' ? { modulusLength: 2048 } : {}) })
  const jwk = await exportJWK(privateKey)
  const kid = thumbprint(jwk)
  const full = { ...jwk, kid, alg, use: 'sig' }
  return { kid, alg, publicJwk: publicHalf(full), privateJwk: encrypt('signing-key', JSON.stringify(full), kid) }
}

function publicHalf({ kty, crv, x, y, n, e, kid, alg, use }: JWK): JWK {
  return JSON.parse(JSON.stringify({ kty, crv, x, y, n, e, kid, alg, use }))
}

/** RFC 7638: the required members in lexicographic order, SHA-256, base64url. */
function thumbprint(jwk: JWK): string {
  const members: Record<string, unknown> =
    jwk.kty === 'RSA'
      ? { e: jwk.e, kty: jwk.kty, n: jwk.n }
      : jwk.kty === 'EC'
        ? { crv: jwk.crv, kty: jwk.kty, x: jwk.x, y: jwk.y }
        : { crv: jwk.crv, kty: jwk.kty, x: jwk.x }
  return createHash('sha256').update(JSON.stringify(members)).digest('base64url')
}
