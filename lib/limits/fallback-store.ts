import type { WindowStore } from './store.ts'

/** `first`, and `second` for what it fails at. What was counted in the one is not known to the other. */
export function fallbackStore(first: WindowStore, second: WindowStore): WindowStore {
  return {
    hit: (key, cost, ms) => first.hit(key, cost, ms).catch(() => second.hit(key, cost, ms)),
    peek: (key) => first.peek(key).catch(() => second.peek(key)),
    extend: (key, ms) => first.extend(key, ms).catch(() => second.extend(key, ms)),
  }
}
