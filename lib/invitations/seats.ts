import type { Ctx } from '#lib/context.ts'
import type { Db } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { type ActivePlan, activateFree } from '#lib/plans/index.ts'

/** How many seats of its plan a team uses: its members, and those whom an open invitation awaits. */
export async function countSeats(tx: Db, teamId: string): Promise<number> {
  const members = await tx.member.count({ where: { teamId } })
  const invited = await tx.invitation.count({ where: { teamId, state: 'open', expiresAt: { gt: new Date() } } })
  return members + invited
}

/**
 * Makes sure that `more` people fit into the team's plan, under the lock on the team that the caller's transaction holds until its end. A team
 * without a plan gets the Free one.
 * @throws AppError limit_reached with `params.what` members or plan
 */
export async function checkSeats(tx: Db, ctx: Ctx, teamId: string, more: number): Promise<void> {
  const plan = await activateFree(tx, ctx, teamId)
  if (!plan) throw new AppError('limit_reached', { message: 'The plan of this team has ended.', params: { limit: 0, what: 'plan' } })
  const count = await countSeats(tx, teamId)
  if (!fits(plan, count + more)) throw full(plan, count)
}

function fits({ maxMembers }: ActivePlan, count: number): boolean {
  return maxMembers === null || count <= maxMembers
}

function full({ name, maxMembers }: ActivePlan, count: number): AppError {
  return new AppError('limit_reached', {
    message: `The ${name} plan allows ${maxMembers} members, open invitations included, and this team has ${count}.`,
    params: { limit: maxMembers ?? 0, count, plan: name, what: 'members' },
  })
}
