import { createClient } from 'redis'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { pool } from '#lib/db.ts'
import { log } from '#lib/log.ts'
import { setSingleton } from '#lib/registry.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { ensureRedis, TestRedis } from '#lib/testing/redis.ts'
import { freePort } from '#lib/testing/server-process.ts'
import { fallbackStore } from './fallback-store.ts'
import { hitWindow } from './hit-window.ts'
import { memoryStore } from './memory-store.ts'
import { takeLiveRequest } from './month.ts'
import { postgresStore } from './postgres-store.ts'
import { type RedisStore, redisStore } from './redis-store.ts'
import type { WindowStore } from './store.ts'
import { purgeKeys } from './windows.sql.ts'

const INSTALL_MS = 240_000

useTestDatabase()
let clock = 1_000
let server: TestRedis
let redis: RedisStore
const stores: Record<string, () => WindowStore> = {
  memory: () => memoryStore(() => clock),
  PostgreSQL: () => postgresStore(),
  Redis: () => redis,
}

beforeAll(async () => {
  server = new TestRedis(await ensureRedis(), await freePort())
  await server.start()
  redis = redisStore(server.url)
  await redis.connect()
}, INSTALL_MS)

afterAll(async () => {
  redis.close()
  await server.dispose()
})

let run = 0
beforeEach(() => {
  run++
})

describe.each(Object.keys(stores))('windows in %s', (name) => {
  it('give every concurrent hit a place of its own', async () => {
    const store = stores[name]?.() as WindowStore
    const places = await Promise.all(Array.from({ length: 200 }, async () => (await store.hit(`a${run}`, 1, 60_000)).count))
    expect(places.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, n) => n + 1))
  })

  it('keep keys apart and count several at once', async () => {
    const store = stores[name]?.() as WindowStore
    const keys = Array.from({ length: 30 }, (_, n) => `b${run}-${n % 3}`)
    const counts = await Promise.all(keys.map(async (key) => (await store.hit(key, 2, 60_000)).count))
    for (const each of [0, 1, 2]) expect(Math.max(...counts.filter((_, n) => n % 3 === each))).toBe(20)
  })

  it('begin with the first hit; later ones do not prolong them', async () => {
    const store = stores[name]?.() as WindowStore
    const first = await store.hit(`c${run}`, 1, 60_000)
    expect(first.msLeft).toBeGreaterThan(59_000)
    expect(first.msLeft).toBeLessThanOrEqual(60_000)
    await store.extend(`c${run}`, 20_000)
    const second = await store.hit(`c${run}`, 1, 60_000)
    expect(second).toMatchObject({ count: 2 })
    expect(second.msLeft).toBeLessThanOrEqual(20_000)
  })

  it('can be looked at without being touched', async () => {
    const store = stores[name]?.() as WindowStore
    expect(await store.peek(`p${run}`)).toBeUndefined()
    await store.hit(`p${run}`, 3, 60_000)
    expect(await store.peek(`p${run}`)).toMatchObject({ count: 3 })
    expect(await store.hit(`p${run}`, 1, 60_000)).toMatchObject({ count: 4 })
  })

  it('begin anew when they are over', async () => {
    const store = stores[name]?.() as WindowStore
    await store.hit(`d${run}`, 5, 60_000)
    await store.extend(`d${run}`, 0)
    clock += 1
    expect(await store.hit(`d${run}`, 1, 60_000)).toMatchObject({ count: 1 })
  })
})

describe('hitWindow', () => {
  beforeEach(() => setSingleton('limits', { store: memoryStore(() => clock) }))

  it('allows exactly the limit', async () => {
    const hits = await Promise.all(Array.from({ length: 10 }, () => hitWindow({ key: 'k', limit: 4, seconds: 60 })))
    expect(hits.filter(({ allowed }) => allowed)).toHaveLength(4)
    expect(hits.map(({ remaining }) => remaining).slice(0, 5)).toEqual([3, 2, 1, 0, 0])
  })

  it('allows nothing with a limit of none', async () => {
    expect(await hitWindow({ key: 'k', limit: 0, seconds: 60 })).toMatchObject({ allowed: false, remaining: 0 })
  })

  it('is over after its seconds', async () => {
    await hitWindow({ key: 'k', limit: 1, seconds: 60 })
    clock += 59_999
    expect(await hitWindow({ key: 'k', limit: 1, seconds: 60 })).toMatchObject({ allowed: false, msLeft: 1 })
    clock += 1
    expect(await hitWindow({ key: 'k', limit: 1, seconds: 60 })).toMatchObject({ allowed: true, msLeft: 60_000 })
  })

  it('holds from the hit that reaches the limit, once', async () => {
    const hit = () => hitWindow({ key: 'k', limit: 2, seconds: 60, hold: 60 })
    await hit()
    clock += 50_000
    expect(await hit()).toMatchObject({ allowed: true, msLeft: 60_000 })
    clock += 30_000
    expect(await hit()).toMatchObject({ allowed: false, msLeft: 30_000 })
  })
})

it('sweeps memory of windows that are over', async () => {
  const store = memoryStore(() => clock)
  for (let n = 0; n < 10_000; n++) await store.hit(`old${n}`, 1, 10)
  clock += 10
  await store.hit('new', 1, 10)
  expect(await store.hit('old1', 1, 10)).toMatchObject({ count: 1 })
})

it('removes windows that are over from PostgreSQL, and no others', async () => {
  const store = postgresStore()
  await store.hit('over', 1, 60_000)
  await store.hit('living', 1, 60_000)
  await store.extend('over', -1)
  expect(await purgeKeys()).toBeGreaterThanOrEqual(1)
  const { rows } = await pool().query(`SELECT key FROM rate_windows WHERE key IN ('over', 'living')`)
  expect(rows).toEqual([{ key: 'living' }])
})

describe('Redis away', () => {
  it('PostgreSQL counts at once, and Redis again when it is back', async () => {
    const store = fallbackStore(redis, postgresStore())
    await store.hit(`away${run}`, 1, 60_000)
    await server.stop()
    const started = performance.now()
    expect(await store.hit(`away${run}`, 1, 60_000)).toMatchObject({ count: 1 })
    expect(await store.hit(`away${run}`, 1, 60_000)).toMatchObject({ count: 2 })
    expect(performance.now() - started).toBeLessThan(3_000)
    await server.start()
    await expect.poll(() => redis.hit(`back${run}`, 1, 60_000), { timeout: 10_000 }).toMatchObject({ count: expect.any(Number) })
  })
})

describe('Redis hanging', () => {
  it('has PostgreSQL count, and is told once', async () => {
    const store = fallbackStore(redis, postgresStore())
    await store.hit(`hang${run}`, 1, 60_000)
    const warn = vi.spyOn(log(), 'warn')
    const operator = createClient({ url: server.url })
    await operator.connect()
    await operator.sendCommand(['CLIENT', 'PAUSE', '1500', 'ALL'])
    for (const count of [1, 2]) expect(await store.hit(`hang${run}`, 1, 60_000)).toMatchObject({ count })
    operator.destroy()
    expect(warn.mock.calls).toEqual([[expect.stringContaining('does not answer')]])
    warn.mockRestore()
    await expect.poll(() => redis.hit(`again${run}`, 1, 60_000), { timeout: 10_000 }).toMatchObject({ count: expect.any(Number) })
  })
})

describe('months', () => {
  const now = new Date('2026-02-28T12:00:00Z')

  it('admit exactly the quota', async () => {
    const hits = await Promise.all(Array.from({ length: 50 }, () => takeLiveRequest('tm_a', 10, now)))
    expect(hits.filter(({ allowed }) => allowed)).toHaveLength(10)
    expect(hits[0]?.msLeft).toBe(12 * 3600 * 1000)
  })

  it('keep teams and months apart', async () => {
    const [a, b, c] = await Promise.all([
      takeLiveRequest('tm_b', 1, now),
      takeLiveRequest('tm_c', 1, now),
      takeLiveRequest('tm_b', 1, new Date('2026-03-01T00:00:00Z')),
    ])
    expect([a, b, c].map(({ allowed }) => allowed)).toEqual([true, true, true])
    expect((await takeLiveRequest('tm_b', 1, now)).allowed).toBe(false)
  })

  it('end with the year in UTC', async () => {
    expect((await takeLiveRequest('tm_d', 1, new Date('2026-12-31T23:59:59.500Z'))).msLeft).toBe(500)
  })
})
