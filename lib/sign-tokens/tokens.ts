import { randomBase62 } from '#lib/ids.ts'
import { sha256 } from '#lib/secrets/index.ts'

/** Until the address is opened, and until a delivered token is verified. */
export const TOKEN_MS = 5 * 60_000
/** Once the page is open: time to log in, or to register first. */
export const ANSWER_MS = 30 * 60_000

type Kind = 'start' | 'delivered'

const PREFIX: Record<Kind, string> = { start: 'sgs_', delivered: 'sgd_' }

/** A new token: 40 base62 characters, 238 bits. */
export function newToken(kind: Kind): string {
  return PREFIX[kind] + randomBase62(40)
}

/**
 * What stands for a token in the database; null for what cannot be one. The kind is part of it: a start token presented as a delivered
 * one is not found.
 */
export function hashToken(kind: Kind, token: string): Uint8Array<ArrayBuffer> | null {
  return token.startsWith(PREFIX[kind]) && token.length < 100 ? new Uint8Array(sha256(`sign ${kind}\0${token}`)) : null
}
