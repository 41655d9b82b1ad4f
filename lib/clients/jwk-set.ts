import { createPublicKey, type JsonWebKeyInput } from 'node:crypto'
import { AppError } from '#lib/errors.ts'
import { isStorable } from '#lib/text-line.ts'

const MAX_KEYS = 20
const MIN_RSA_BITS = 2048
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']
const KEPT = ['kty', 'crv', 'x', 'y', 'n', 'e', 'kid', 'alg', 'use'] as const

export type JwkSet = { keys: Record<string, string>[] }

/**
 * The public signing keys in a JSON Web Key Set as text. A private or symmetric key is refused rather than stripped: whoever pasted it
 * should know that it is out. @throws AppError validation_failed for `field`
 */
export function parseJwkSet(text: string, field = 'jwks'): JwkSet {
  const refuse = (message: string, code: string): never => {
    throw new AppError('validation_failed', { message, fields: [{ path: field, message, code }] })
  }
  const parsed = json(text)
  // One key is what people copy first.
  const keys = isObject(parsed) && 'kty' in parsed ? [parsed] : isObject(parsed) ? parsed.keys : undefined
  if (!Array.isArray(keys) || keys.length === 0 || !keys.every(isObject)) return refuse('Not a JSON Web Key Set', 'jwks_invalid')
  if (keys.length > MAX_KEYS) return refuse(`At most ${MAX_KEYS} keys`, 'jwks_too_many')
  if (keys.some((key) => key.kty === 'oct' || PRIVATE_MEMBERS.some((name) => key[name] !== undefined))) {
    return refuse('This holds a private or a symmetric key: paste public keys only, and replace that key', 'jwks_private')
  }
  const signing = keys.filter((key) => key.use === undefined || key.use === 'sig')
  if (signing.length === 0 || !signing.every(usable)) {
    return refuse('Each key must be RSA of at least 2048 bits, EC P-256 or Ed25519', 'jwks_unusable')
  }
  const kept = signing.map(publicMembers)
  // JSON can write what PostgreSQL cannot keep.
  if (kept.some((key) => !Object.values(key).every(isStorable)))
    return refuse('A key holds a character that cannot be kept', 'jwks_characters')
  return { keys: kept }
}

function usable(jwk: Record<string, unknown>): boolean {
  if (!(jwk.kty === 'RSA' || (jwk.kty === 'EC' && jwk.crv === 'P-256') || (jwk.kty === 'OKP' && jwk.crv === 'Ed25519'))) return false
  try {
    const key = createPublicKey({ key: jwk, format: 'jwk' } as JsonWebKeyInput)
    return jwk.kty !== 'RSA' || (key.asymmetricKeyDetails?.modulusLength ?? 0) >= MIN_RSA_BITS
  } catch {
    return false
  }
}

function publicMembers(jwk: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(KEPT.flatMap((name) => (typeof jwk[name] === 'string' ? [[name, jwk[name]]] : [])))
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
