import { singleton } from '#lib/registry.ts'
import { readPeople, type Scope, type Window } from './usage.sql.ts'

type People = Map<number | null, number>
type Known = { people: People; until: number }

const KEPT_MS = 5 * 60_000
const SLOW_MS = 25
const MOST = 200

/**
 * {@link readPeople}, but what took long to count is not counted again for five minutes: telling hundreds of thousands apart is the one
 * thing on a usage page that no rollup makes small. Of this process only.
 */
export async function countPeople(scope: Scope, starts: Date[], window: Window, hourly: boolean): Promise<People> {
  const known = singleton('usage.people', () => new Map<string, Known>())
  const key = JSON.stringify([scope.teamId, scope.clientIds, starts, window.from, window.to, hourly])
  const began = performance.now()
  const found = known.get(key)
  if (found && found.until > began) return found.people
  known.delete(key)
  const people = await readPeople(scope, starts, window, hourly)
  const now = performance.now()
  if (now - began >= SLOW_MS) {
    // The first key is the oldest.
    for (const oldest of known.size >= MOST ? [...known.keys()].slice(0, 1) : []) known.delete(oldest)
    known.set(key, { people, until: now + KEPT_MS })
  }
  return people
}
