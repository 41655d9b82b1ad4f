import type { Db } from '#lib/db.ts'
import { countSeats } from '#lib/invitations/index.ts'
import type { ActivePlan } from '#lib/plans/index.ts'

/** What a team has too much of for a plan: how many it has, how many the plan allows, how many have to go. */
export type Blocker = { what: 'clients' | 'members'; have: number; allowed: number; remove: number }

/** How much of the plan's countable things a team has. */
export type Have = { clients: number; members: number }

/** Counts in the caller's transaction; under the team's lock the numbers hold until its end. */
export async function countHave(tx: Db, teamId: string): Promise<Have> {
  const clients = await tx.client.count({ where: { teamId, deletedAt: null } })
  return { clients, members: await countSeats(tx, teamId) }
}

/** Why a team cannot go to a plan with these limits; empty when it can. */
export function blockersOf(have: Have, limits: Pick<ActivePlan, 'maxClients' | 'maxMembers'>): Blocker[] {
  const pairs = [
    ['clients', have.clients, limits.maxClients],
    ['members', have.members, limits.maxMembers],
  ] as const
  return pairs.flatMap(([what, count, allowed]) =>
    allowed !== null && count > allowed ? [{ what, have: count, allowed, remove: count - allowed }] : [],
  )
}
