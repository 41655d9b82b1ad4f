import { randomInt } from 'node:crypto'
import { fastRandomBytes } from './random.ts'

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** Two characters at a time: half the work. */
const PAIRS = Array.from({ length: 62 * 62 }, (_, n) => `${BASE62[Math.floor(n / 62)]}${BASE62[n % 62]}`)
/** Of two bytes, the largest multiple of the number of pairs: larger values are thrown away to keep every pair equally likely. */
const FAIR = PAIRS.length * Math.floor(65_536 / PAIRS.length)

/** `length` characters of [0-9A-Za-z] from the CSPRNG, without modulo bias (5.95 bits each). */
export function randomBase62(length: number): string {
  let out = ''
  while (out.length < length) {
    const bytes = fastRandomBytes(length + 4)
    for (let at = 0; at + 1 < bytes.length && out.length < length; at += 2) {
      const value = ((bytes[at] as number) << 8) | (bytes[at + 1] as number)
      if (value < FAIR) out += PAIRS[value % PAIRS.length]
    }
  }
  return out.length === length ? out : out.slice(0, length)
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
