type Jwk = Record<string, unknown>

/** What a key on Ed25519 may be said to sign with: `EdDSA` (RFC 8037), and its newer name (RFC 9864). */
const NAMES = new Set<unknown>(['EdDSA', 'Ed25519'])

/**
 * The same key set without the `alg` of keys on Ed25519. The library compares it with the one of a signature letter by letter, while both names mean the
 * one signature that such a key makes: key generators write `EdDSA`, and oauth4webapi 3 signs as `Ed25519` with the very key. Other values stay.
 */
export function withEitherEdwardsName<T extends { keys: object[] }>(jwks: T): T {
  return { ...jwks, keys: jwks.keys.map(nameless) }
}

/** {@link withEitherEdwardsName} of a fetched document; one that is no key set stays as it is, for the library to refuse. */
export function edwardsNamesInDocument(body: Uint8Array): Uint8Array {
  try {
    const jwks = JSON.parse(new TextDecoder().decode(body)) as { keys: object[] }
    return new TextEncoder().encode(JSON.stringify(withEitherEdwardsName(jwks)))
  } catch {
    return body
  }
}

function nameless(key: object): object {
  const { alg, ...rest } = key as Jwk
  return rest.crv === 'Ed25519' && NAMES.has(alg) ? rest : key
}
