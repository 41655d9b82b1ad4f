import { env } from '#lib/env.ts'
import { log } from '#lib/log.ts'
import { peekSingleton, setSingleton } from '#lib/registry.ts'
import { fallbackStore } from './fallback-store.ts'
import { memoryStore } from './memory-store.ts'
import { postgresStore } from './postgres-store.ts'
import { type RedisStore, redisStore } from './redis-store.ts'
import type { WindowStore } from './store.ts'
import { purgeKeys } from './windows.sql.ts'

const NAME = 'limits'
const PURGE_MS = 5 * 60_000

type Limiter = { store: WindowStore; redis?: RedisStore; connecting?: Promise<void>; purge?: NodeJS.Timeout }

/** Where this process counts, as RATE_LIMIT_STORE says. */
export function limiter(): Limiter {
  return peekSingleton<Limiter>(NAME) ?? setSingleton(NAME, create())
}

function create(): Limiter {
  const { RATE_LIMIT_STORE, REDIS_URL } = env()
  if (RATE_LIMIT_STORE === 'memory') return { store: memoryStore() }
  const purge = setInterval(() => void purgeWindows(), PURGE_MS).unref()
  if (RATE_LIMIT_STORE === 'postgres') return { store: postgresStore(), purge }
  const redis = redisStore(REDIS_URL as string)
  const connecting = redis.connect()
  return { store: fallbackStore(redis, postgresStore()), redis, connecting, purge }
}

async function purgeWindows(): Promise<void> {
  await purgeKeys().catch((err: unknown) => log().warn({ err }, 'windows that are over were not removed'))
}

/** Connects to Redis where that counts, waiting at most two seconds: the server also starts without it. */
export async function startLimits(): Promise<void> {
  await limiter().connecting
}

/** Ends the connection and the sweeping. A later count starts both anew. */
export function stopLimits(): void {
  const running = peekSingleton<Limiter>(NAME)
  clearInterval(running?.purge)
  running?.redis?.close()
  setSingleton(NAME, undefined)
}
