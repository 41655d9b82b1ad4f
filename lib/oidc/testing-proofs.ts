import { randomUUID } from 'node:crypto'
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose'

export type TestKey = { alg: string; privateKey: CryptoKey; jwk: JWK }

/** A key pair of a client, and its public half with a `kid`. */
export async function makeKey(alg = 'ES256'): Promise<TestKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  return { alg, privateKey, jwk: { ...(await exportJWK(publicKey)), kid: randomUUID(), use: 'sig' } }
}

export const seconds = () => Math.floor(Date.now() / 1000)

/** A JWT of this key over `claims`. */
export function signed(key: TestKey, claims: JWTPayload, header: Record<string, unknown> = {}): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: key.alg, ...(key.jwk.kid ? { kid: key.jwk.kid } : {}), ...header })
    .sign(key.privateKey)
}

/** A client assertion (RFC 7523) as form fields. */
export async function assertion(
  key: TestKey,
  clientId: string,
  audience: string,
  claims: JWTPayload = {},
): Promise<Record<string, string>> {
  const jwt = await signed(key, {
    iss: clientId,
    sub: clientId,
    aud: audience,
    jti: randomUUID(),
    iat: seconds(),
    exp: seconds() + 60,
    ...claims,
  })
  return { client_id: clientId, client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', client_assertion: jwt }
}

/** A DPoP proof (RFC 9449). */
export function proof(
  key: TestKey,
  htm: string,
  htu: string,
  claims: JWTPayload = {},
  header: Record<string, unknown> = {},
): Promise<string> {
  const { kid: _, use: __, ...jwk } = key.jwk
  return new SignJWT({ htm, htu, jti: randomUUID(), iat: seconds(), ...claims })
    .setProtectedHeader({ alg: key.alg, typ: 'dpop+jwt', jwk, ...header })
    .sign(key.privateKey)
}
