import { Batcher } from '#lib/batch.ts'
import type { Count, WindowStore } from './store.ts'
import { extendKey, hitKeys, type KeyHit, peekKey } from './windows.sql.ts'

/**
 * Windows that all processes on one PostgreSQL share. Hits that come while a statement is under way go together in the next one: a
 * client's counter is one row, and a statement for each hit would queue at it.
 */
export function postgresStore(): WindowStore {
  const batcher = new Batcher<KeyHit, Count>(hitAll, { concurrency: 1, size: 1000 })
  return {
    hit: (key, cost, ms) => batcher.add({ key, cost, ms }),
    peek: peekKey,
    extend: extendKey,
  }
}

/** Adds up the hits of each key, counts them, and gives each hit its own place in the sum. */
async function hitAll(hits: KeyHit[]): Promise<Count[]> {
  const sums = new Map<string, KeyHit>()
  for (const { key, cost, ms } of hits) sums.set(key, { key, cost: (sums.get(key)?.cost ?? 0) + cost, ms })
  const sorted = [...sums.values()].sort((a, b) => (a.key < b.key ? -1 : 1))
  const counts = await hitKeys(sorted)

  const reached = new Map<string, number>()
  return hits.map(({ key, cost }) => {
    const { count, msLeft } = counts.get(key) as Count
    const place = (reached.get(key) ?? count - (sums.get(key) as KeyHit).cost) + cost
    reached.set(key, place)
    return { count: place, msLeft }
  })
}
