import type { Count, WindowStore } from './store.ts'

/** Expired windows are swept when there are this many more than after the last sweep. */
const SWEEP_EVERY = 10_000

type Slot = { count: number; until: number }

/** Windows of this process alone. `clock` answers milliseconds and only moves forward. */
export function memoryStore(clock: () => number = () => performance.now()): WindowStore {
  const slots = new Map<string, Slot>()
  let sweepAt = SWEEP_EVERY

  function sweep(now: number): void {
    for (const [key, { until }] of slots) if (until <= now) slots.delete(key)
    sweepAt = slots.size + SWEEP_EVERY
  }

  return {
    hit(key, cost, ms): Count {
      const now = clock()
      const slot = slots.get(key)
      if (slot && slot.until > now) {
        slot.count += cost
        return { count: slot.count, msLeft: slot.until - now }
      }
      if (slots.size >= sweepAt) sweep(now)
      slots.set(key, { count: cost, until: now + ms })
      return { count: cost, msLeft: ms }
    },
    peek(key) {
      const slot = slots.get(key)
      const msLeft = slot ? slot.until - clock() : 0
      return slot && msLeft > 0 ? { count: slot.count, msLeft } : undefined
    },
    extend(key, ms) {
      const slot = slots.get(key)
      if (slot) slot.until = clock() + ms
    },
  }
}
