import { crc32 } from 'node:zlib'
import { randomBase62 } from '../ids.ts'
import { hmac } from './data-keys.ts'

const BODY_LENGTH = 40
const CHECKSUM_LENGTH = 6
const FORM = new RegExp(`^xws_(live|test)_([0-9A-Za-z]{${BODY_LENGTH}})([0-9A-Za-z]{${CHECKSUM_LENGTH}})$`)

export type SecretMode = 'test' | 'live'

/** A new client secret: `xws_live_` or `xws_test_`, 40 random base62 characters (238 bits), 6 characters of CRC32. */
export function generateClientSecret(mode: SecretMode): string {
  const prefix = `xws_${mode}_`
  const body = randomBase62(BODY_LENGTH)
  return prefix + body + checksum(prefix + body)
}

/** Whether `value` has the form of a client secret and its checksum fits: a typo is refused before any look-up. */
export function checksumOk(value: string): boolean {
  const match = FORM.exec(value)
  return match !== null && checksum(`xws_${match[1]}_${match[2]}`) === match[3]
}

/** The mode written into a well-formed secret. */
export function secretMode(value: string): SecretMode | undefined {
  return FORM.exec(value)?.[1] as SecretMode | undefined
}

/** The last four characters, for people to recognise a secret by. They belong to the checksum, so they tell nothing of the body's entropy beyond 24 bits. */
export function secretHint(value: string): string {
  return value.slice(-4)
}

/**
 * What is stored of a secret: HMAC-SHA-256 under the hashing data key. A secret has 238 bits of entropy, so a slow hash would add
 * nothing and cap authentication at about 11 checks a second and core.
 */
export function hashClientSecret(value: string): Buffer {
  return hmac('client-secret', value)
}

function checksum(text: string): string {
  const base = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
  let rest = crc32(text)
  let out = ''
  for (let index = 0; index < CHECKSUM_LENGTH; index++) {
    out = base[rest % 62] + out
    rest = Math.floor(rest / 62)
  }
  return out
}
