import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { type Db, transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { parseInput } from '#lib/input.ts'
import { authorize } from './authorize.ts'
import { memberAudit } from './dto.ts'
import { isOwnerRole, lockTeam, requireMember } from './internal.ts'
import { checkMayGrant } from './rank.ts'
import { type SetMemberClientsInput, setMemberClientsInput } from './schemas.ts'

/**
 * Limits a member's role to chosen clients, or (null) lets it count for all. Needs `members.manage`, and every permission of their role.
 * @throws AppError unauthenticated, not_found, permission_denied, validation_failed (unknown clients, none), conflict with `params.reason`
 * owner_limited
 */
export async function setMemberClients({
  ctx,
  input,
}: {
  ctx: Ctx
  input: SetMemberClientsInput
}): Promise<{ clientIds: string[] | null }> {
  await authorize(ctx, { teamId: input.teamId, permission: 'members.manage' })
  const { teamId, userId, clientIds } = parseInput(setMemberClientsInput, input)
  return transaction(async (tx) => {
    await lockTeam(tx, teamId)
    const access = await authorize(ctx, { teamId, permission: 'members.manage' }, tx)
    const member = await requireMember(tx, teamId, userId)
    checkMayGrant(access, member.role)
    if (clientIds && isOwnerRole(member.role)) {
      throw new AppError('conflict', { message: 'An owner is not limited to some clients.', params: { reason: 'owner_limited' } })
    }
    await checkClients(tx, teamId, clientIds)

    await tx.memberClient.deleteMany({ where: { teamId, userId } })
    await tx.memberClient.createMany({ data: (clientIds ?? []).map((clientId) => ({ teamId, userId, clientId })) })
    await tx.member.update({ where: { teamId_userId: { teamId, userId } }, data: { limitedClients: clientIds !== null } })
    const [before, after] = [memberAudit(member), memberAudit(await requireMember(tx, teamId, userId))]
    if (JSON.stringify(before) !== JSON.stringify(after)) {
      await recordAudit(tx, ctx, { action: 'member.clients_changed', teamId, target: { type: 'member', id: userId }, before, after })
    }
    return { clientIds }
  })
}

/** @throws AppError validation_failed unless each is a client of the team that is there */
export async function checkClients(tx: Db, teamId: string, clientIds: readonly string[] | null): Promise<void> {
  if (clientIds === null) return
  const known = await tx.client.count({ where: { teamId, deletedAt: null, id: { in: [...clientIds] } } })
  if (known === clientIds.length) return
  const message = 'One of these clients is not there any more'
  throw new AppError('validation_failed', { message, fields: [{ path: 'clientIds', message, code: 'clients_unknown' }] })
}
