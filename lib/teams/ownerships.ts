import type { Db } from '#lib/db.ts'
import { systemRoleId } from './permissions.ts'

/** A team whose only owner somebody is: what becomes of it when they go. */
export type SoleOwnership = { teamId: string; name: string; personal: boolean; clients: number; otherMembers: number }

/** The teams whose only owner this user is. Disabled people do not count as owners. Deleted clients do not count as clients. */
export async function soleOwnerships(tx: Db, userId: string): Promise<SoleOwnership[]> {
  const memberships = await tx.member.findMany({
    where: {
      userId,
      roleId: systemRoleId('owner'),
      team: { members: { none: { roleId: systemRoleId('owner'), userId: { not: userId }, user: { disabledAt: null } } } },
    },
    select: {
      team: {
        select: {
          id: true,
          name: true,
          personalOwnerId: true,
          _count: { select: { clients: { where: { deletedAt: null } }, members: { where: { userId: { not: userId } } } } },
        },
      },
    },
    orderBy: [{ createdAt: 'asc' }, { teamId: 'asc' }],
  })
  return memberships.map(({ team }) => ({
    teamId: team.id,
    name: team.name,
    personal: team.personalOwnerId === userId,
    clients: team._count.clients,
    otherMembers: team._count.members,
  }))
}

/**
 * Locks every team that somebody is in until the transaction ends, always in the same order: who owns it, and that it has no clients, stays as it is
 * read after. Call it before locking the person's own row, since whoever joins a team takes these two in that order.
 */
export async function lockTeamsOf(tx: Db, userId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM teams WHERE id IN (SELECT team_id FROM members WHERE user_id = ${userId}) ORDER BY id FOR UPDATE`
}

/** Removes a team without clients, in the caller's transaction; what is left of deleted clients goes with it. */
export async function removeEmptyTeam(tx: Db, teamId: string): Promise<void> {
  await tx.client.deleteMany({ where: { teamId, deletedAt: { not: null } } })
  // Before the roles that they refer to, which go with the team.
  await tx.invitation.deleteMany({ where: { teamId } })
  await tx.member.deleteMany({ where: { teamId } })
  await tx.team.delete({ where: { id: teamId } })
}
