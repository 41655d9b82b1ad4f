import { singleton } from '#lib/registry.ts'

/** What one person, and this process, may have open of one kind at a time. */
const LIMITS = { live: { person: 4, all: 200 }, export: { person: 2, all: 20 } } as const

export type Share = keyof typeof LIMITS

/** Takes a place of a kind for a person: give it back by the function that it answers. Undefined: there is none left. */
export function takeShare(kind: Share, userId: string): (() => void) | undefined {
  const open = singleton(`web.shares.${kind}`, () => ({ all: 0, people: new Map<string, number>() }))
  const mine = open.people.get(userId) ?? 0
  if (mine >= LIMITS[kind].person || open.all >= LIMITS[kind].all) return undefined
  open.all++
  open.people.set(userId, mine + 1)
  let held = true
  return () => {
    if (!held) return
    held = false
    open.all--
    const left = (open.people.get(userId) ?? 1) - 1
    if (left > 0) open.people.set(userId, left)
    else open.people.delete(userId)
  }
}
