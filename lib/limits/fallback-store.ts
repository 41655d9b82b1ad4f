import type { Awaitable } from '#lib/awaitable.ts'
import type { WindowStore } from './store.ts'

/** `first`, and `second` for what it fails at. What was counted in the one is not known to the other. */
export function fallbackStore(first: WindowStore, second: WindowStore): WindowStore {
  async function either<T>(ask: (store: WindowStore) => Awaitable<T>): Promise<T> {
    try {
      return await ask(first)
    } catch {
      return ask(second)
    }
  }
  return {
    hit: (key, cost, ms) => either((store) => store.hit(key, cost, ms)),
    peek: (key) => either((store) => store.peek(key)),
    extend: (key, ms) => either((store) => store.extend(key, ms)),
  }
}
