import { RateLimiterRedis, type RateLimiterRes } from 'rate-limiter-flexible'
import { createClient } from 'redis'
import { log } from '#lib/log.ts'
import type { WindowStore } from './store.ts'

const PREFIX = 'xwms'
/** A Redis that does not answer by then counts as away: a request does not wait for it. */
const ANSWER_MS = 500
const CONNECT_MS = 2_000
/** How often it is said that Redis hangs. */
const SAY_MS = 60_000
const MAX_RETRY_MS = 2_000

export type RedisStore = WindowStore & {
  /** Call once. Resolves when connected, or after two seconds in vain; it keeps trying by itself. */
  connect(): Promise<void>
  close(): void
}

/** Windows that all processes on one Redis share. While it is away, calls reject at once. */
export function redisStore(url: string): RedisStore {
  const client = createClient({
    url,
    // Without it, calls made while Redis is away would wait for it.
    disableOfflineQueue: true,
    socket: { connectTimeout: CONNECT_MS, reconnectStrategy: (retries) => Math.min(50 * 2 ** Math.min(retries, 10), MAX_RETRY_MS) },
  })
  let away = false
  client.on('error', (err) => {
    if (!away) log().warn({ err }, 'Redis is away: PostgreSQL counts')
    away = true
  })
  client.on('ready', () => {
    if (away) log().info('Redis is back')
    away = false
  })
  let said = Number.NEGATIVE_INFINITY
  /** What Redis answers in time. A Redis that hangs emits nothing: without a word of ours, every call would be half a second slower and nobody know why. */
  const asked = <T>(work: Promise<T>): Promise<T> =>
    within(ANSWER_MS, work, () => {
      if (performance.now() - said < SAY_MS) return
      said = performance.now()
      log().warn(`Redis does not answer within ${ANSWER_MS} ms: PostgreSQL counts, that much later`)
    })
  const limiter = new RateLimiterRedis({
    storeClient: client,
    keyPrefix: PREFIX,
    points: 1,
    duration: 60,
    useRedisPackage: true,
    rejectIfRedisNotReady: true,
  })

  return {
    async connect() {
      const ready = client.connect().then(() => {})
      await within(CONNECT_MS, ready).catch(() => {})
    },
    close() {
      if (client.isOpen) client.destroy()
    },
    async hit(key, cost, ms) {
      const counted: Promise<RateLimiterRes> = limiter.penalty(key, cost, { customDuration: Math.ceil(ms / 1000) })
      const { consumedPoints, msBeforeNext } = await asked(counted)
      return { count: consumedPoints, msLeft: Math.max(msBeforeNext, 0) }
    },
    async peek(key) {
      const found: RateLimiterRes | null = await asked(limiter.get(key))
      return found ? { count: found.consumedPoints, msLeft: Math.max(found.msBeforeNext, 0) } : undefined
    },
    async extend(key, ms) {
      await asked(client.pExpire(`${PREFIX}:${key}`, ms))
    },
  }
}

/** `work`, or a rejection when it takes longer than `ms`, of which `onLate` is told. */
function within<T>(ms: number, work: Promise<T>, onLate?: () => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      onLate?.()
      reject(new Error(`no answer within ${ms} ms`))
    }, ms)
    work.then(resolve, reject).finally(() => clearTimeout(late))
  })
}
