import type { Ctx } from '#lib/context.ts'
import { type Db, db } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { type SoleOwnership, soleOwnerships } from '#lib/teams/index.ts'

/** What deleting an account would do. */
export type AccountImpact = {
  /** These must be handed over, or lose their clients, first. */
  blocking: SoleOwnership[]
  /** These go with the account. */
  goingAlong: SoleOwnership[]
  apps: number
  addresses: number
  sessions: number
}

/** What deleting the acting person's account would do, said before it is asked for. @throws AppError unauthenticated. */
export async function accountImpact({ ctx }: { ctx: Ctx }): Promise<AccountImpact> {
  if (ctx.actor.kind !== 'user') throw new AppError('unauthenticated')
  const { userId } = ctx.actor
  const [owned, apps, addresses, sessions] = await Promise.all([
    ownedTeams(db(), userId),
    db().consent.count({ where: { userId, client: { deletedAt: null } } }),
    db().address.count({ where: { userId } }),
    db().session.count({ where: { userId, endedAt: null, expiresAt: { gt: new Date() } } }),
  ])
  return { ...owned, apps, addresses, sessions }
}

/** The teams that only this person owns: those that keep the account, and those that go with it. */
export async function ownedTeams(tx: Db, userId: string): Promise<Pick<AccountImpact, 'blocking' | 'goingAlong'>> {
  const owned = await soleOwnerships(tx, userId)
  return { blocking: owned.filter(({ clients }) => clients > 0), goingAlong: owned.filter(({ clients }) => clients === 0) }
}
