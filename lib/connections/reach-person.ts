import type { Ctx } from '#lib/context.ts'
import { type Db, db } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { mayTest } from './testers.ts'

/** How far a client's request reaches: what the gate resolved, and what a user's token narrows it to. */
export type Reach = {
  clientId: string
  teamId: string
  mode: 'test' | 'live'
  /** The client's scopes; with a user's token, those of them that the token has. */
  scopes: readonly string[]
  /** The one person that a user's token is about; null: everyone who is connected. */
  onlySub: string | null
}

export type ReachedPerson = {
  userId: string
  sub: string
  /** What the person allowed, as far as the request reaches. */
  scopes: string[]
}

/**
 * The person with this `sub`, when the acting client may reach them: connected to it, allowed by their consent, and in test mode a
 * tester. With `scope`, that must be the client's and consented to as well.
 * @throws AppError scope_not_granted, consent_required, user_not_found (also for everyone who never connected), unauthenticated
 */
export async function reachPerson(ctx: Ctx, input: { reach: Reach; sub: string; scope?: string }, tx: Db = db()): Promise<ReachedPerson> {
  const { reach, sub, scope } = input
  assertOwnReach(ctx, reach)
  if (scope && !reach.scopes.includes(scope)) throw scopeNotGranted(scope)
  const unknown = new AppError('user_not_found', { message: 'There is no such user for this client.' })
  // What cannot be a sub never reaches the database: PostgreSQL answers a NUL with an error.
  if (!/^\d{1,20}$/.test(sub) || (reach.onlySub !== null && reach.onlySub !== sub)) throw unknown

  const user = await tx.user.findFirst({
    where: { sub, disabledAt: null },
    select: { id: true, consents: { where: { clientId: reach.clientId }, select: { scopes: true } } },
  })
  if (!user || (reach.mode === 'test' && !(await mayTest(reach, user.id, tx)))) throw unknown
  const consented = user.consents[0]?.scopes
  if (!consented && !(await hasLeft(tx, reach.clientId, user.id))) throw unknown
  const scopes = (consented ?? []).filter((name) => reach.scopes.includes(name))
  if (!consented || (scope && !scopes.includes(scope))) {
    throw new AppError('consent_required', { message: 'The user has not allowed this, or took it back.', params: scope ? { scope } : {} })
  }
  return { userId: user.id, sub, scopes }
}

/** A client acts within its own reach only; people have pages of their own. @throws AppError unauthenticated, not_found */
export function assertOwnReach({ actor }: Ctx, reach: Reach): void {
  if (actor.kind === 'system') return
  if (actor.kind === 'nobody') throw new AppError('unauthenticated')
  if (actor.kind !== 'client' || actor.clientId !== reach.clientId) throw new AppError('not_found')
}

/** The refusal of a scope that the client, or the token, does not have. */
export function scopeNotGranted(scope: string): AppError {
  return new AppError('scope_not_granted', { message: `This needs the scope ${scope}.`, params: { scope } })
}

/** Whether the user took back a consent that they had given this client. */
async function hasLeft(tx: Db, clientId: string, userId: string): Promise<boolean> {
  return (await tx.endedConsent.count({ where: { clientId, userId } })) > 0
}
