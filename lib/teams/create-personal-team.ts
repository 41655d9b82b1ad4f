import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import type { Db } from '#lib/db.ts'
import { newId } from '#lib/ids.ts'
import { activateFree } from '#lib/plans/index.ts'
import { systemRoleId } from './permissions.ts'

export type PersonalTeamInput = {
  userId: string
  /** Of the team; a person's name will do. */
  name: string
  /** Activates the Free plan at once, where it would otherwise come with the first client. */
  activatePlan?: boolean
}

/** Makes the team that every new user gets, with the user as its owner, in the transaction that makes the user. */
export async function createPersonalTeam(
  tx: Db,
  ctx: Ctx,
  { userId, name, activatePlan = false }: PersonalTeamInput,
): Promise<{ id: string; name: string }> {
  const id = newId('tm')
  await tx.team.create({
    data: { id, name, personalOwnerId: userId, members: { create: { userId, roleId: systemRoleId('owner') } } },
  })
  await recordAudit(tx, ctx, {
    action: 'team.created',
    teamId: id,
    target: { type: 'team', id },
    after: { name, personal: true, owner: userId },
  })
  if (activatePlan) await activateFree(tx, ctx, id)
  return { id, name }
}
