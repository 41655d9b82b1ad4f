import { randomInt } from 'node:crypto'
import { fastRandomBytes } from './random.ts'

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** `length` characters of [0-9A-Za-z] from the CSPRNG, without modulo bias (5.95 bits each). */
export function randomBase62(length: number): string {
  let out = ''
  while (out.length < length) {
    for (const byte of fastRandomBytes(length + 16)) {
      // 248 = 4 × 62: larger bytes are thrown away to keep every character equally likely.
      if (byte < 248 && out.length < length) out += BASE62[byte % 62]
    }
  }
  return out
}

export type IdPrefix =
  | 'usr'
  | 'ses'
  | 'cod'
  | 'mai'
  | 'tm'
  | 'rol'
  | 'cl'
  | 'sec'
  | 'dom'
  | 'ru'
  | 'con'
  | 'aud'
  | 'al'
  | 'rv'
  | 'lod'
  | 'api'
  | 'reg'
  | 'inv'
  | 'plr'
  | 'tkt'
  | 'msg'

/** A new id such as `cl_4fT…`: 20 base62 characters, 119 bits. */
export function newId(prefix: IdPrefix): string {
  return `${prefix}_${randomBase62(20)}`
}

/** Seven characters count milliseconds until the year 2081. */
const TIME_LENGTH = 7
let lastTime = { ms: 0, text: '' }

/**
 * A new id of a request: seven characters of its time, then 77 random bits. In the order of time, so that the log's index by id grows at
 * one end and stays in memory, however many rows there are.
 */
export function newRequestId(now = Date.now()): string {
  if (lastTime.ms !== now) lastTime = { ms: now, text: base62(now, TIME_LENGTH) }
  return `req_${lastTime.text}${randomBase62(20 - TIME_LENGTH)}`
}

/** `value` in base 62 with leading zeros; what does not fit in `length` characters is cut off at the front. */
function base62(value: number, length: number): string {
  let rest = value
  let out = ''
  while (out.length < length) {
    out = (BASE62[rest % 62] as string) + out
    rest = Math.floor(rest / 62)
  }
  return out
}

/** A new `sub`: a random decimal string of 15 digits, below 2^53 so that SDKs that send it as a JSON number keep it exact. */
export function newSub(): string {
  return String(randomInt(1, 10)) + String(randomInt(0, 10_000_000)).padStart(7, '0') + String(randomInt(0, 10_000_000)).padStart(7, '0')
}
