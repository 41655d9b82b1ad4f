import { type Awaitable, after } from '#lib/awaitable.ts'
import { limiter } from './limiter.ts'

export type Window = {
  /** Names who and what is counted; the same in every store. No secrets, at most 200 characters. */
  key: string
  limit: number
  /** How long the window lasts from its first hit; whole seconds. */
  seconds: number
  /** From the hit that reaches the limit on, the window lasts this many seconds: who went too far waits that long. */
  hold?: number
  /** Hits that are counted at once; 1 unless told. */
  cost?: number
}

export type WindowHit = {
  allowed: boolean
  /** This hit's place in the window, from 1; of several, the last one's. */
  count: number
  limit: number
  remaining: number
  msLeft: number
}

/**
 * Counts a hit in a fixed window that begins with its first hit, and says whether it is within the limit: exactly `limit` hits are,
 * over all processes that share the store. While Redis is away PostgreSQL counts. @throws pg errors when that is away too.
 */
export function hitWindow({ key, limit, seconds, hold, cost = 1 }: Window): Awaitable<WindowHit> {
  const { store } = limiter()
  return after(store.hit(key, cost, seconds * 1000), ({ count, msLeft }) => {
    if (hold === undefined || count < limit || count - cost >= limit) return verdict(count, limit, msLeft)
    return after(store.extend(key, hold * 1000), () => verdict(count, limit, hold * 1000))
  })
}

/** What {@link hitWindow} would answer to one hit now, without counting it: for explaining a request that nobody made. */
export function peekWindow({ key, limit, seconds }: Window): Awaitable<WindowHit> {
  return after(limiter().store.peek(key), (found) => verdict((found?.count ?? 0) + 1, limit, found?.msLeft ?? seconds * 1000))
}

function verdict(count: number, limit: number, msLeft: number): WindowHit {
  return { allowed: count <= limit, count, limit, remaining: Math.max(limit - count, 0), msLeft }
}
