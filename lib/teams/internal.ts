import type { Db, Prisma } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { systemRoleId } from './permissions.ts'

const membership = { role: true, clients: { select: { clientId: true } } } satisfies Prisma.MemberInclude

export type RoleRow = Prisma.RoleGetPayload<object>
export type MemberRow = Prisma.MemberGetPayload<{ include: typeof membership }>

/** The membership of a user in a team with its role, or null. A disabled user is a member of nothing. */
export function findMember(tx: Db, teamId: string, userId: string) {
  return tx.member.findFirst({ where: { teamId, userId, user: { disabledAt: null } }, include: membership })
}

/** A membership to look at or to change, also a disabled user's. @throws AppError not_found */
export async function requireMember(tx: Db, teamId: string, userId: string): Promise<MemberRow> {
  const row = await tx.member.findFirst({ where: { teamId, userId }, include: membership })
  if (!row) throw new AppError('not_found', { message: 'There is no such member.' })
  return row
}

/** All memberships of a user, oldest first. */
export function findMemberships(tx: Db, userId: string) {
  return tx.member.findMany({
    where: { userId, user: { disabledAt: null } },
    include: { ...membership, team: true },
    orderBy: [{ createdAt: 'asc' }, { teamId: 'asc' }],
  })
}

/** A role that every team has, or one of this team's own. @throws AppError not_found */
export async function requireRole(tx: Db, teamId: string, roleId: string): Promise<RoleRow> {
  const row = await tx.role.findFirst({ where: { id: roleId, OR: [{ teamId: null }, { teamId }] } })
  if (!row) throw new AppError('not_found', { message: 'There is no such role.' })
  return row
}

/** The roles that every team has, from Owner down, then the team's own by name. */
export async function findRoles(tx: Db, teamId: string): Promise<RoleRow[]> {
  const rows = await tx.role.findMany({ where: { OR: [{ teamId: null }, { teamId }] } })
  const rank = (row: RoleRow) => (row.system ? -row.permissions.length : 1)
  return rows.sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1))
}

/** Whether this is the role Owner. */
export function isOwnerRole(role: { id: string }): boolean {
  return role.id === systemRoleId('owner')
}

/** Locks the team's row until the transaction ends: who is in a team, and as what, changes one at a time. @throws AppError not_found */
export async function lockTeam(tx: Db, teamId: string): Promise<{ id: string; name: string; personalOwnerId: string | null }> {
  await tx.$queryRaw`SELECT 1 FROM teams WHERE id = ${teamId} FOR UPDATE`
  const team = await tx.team.findUnique({ where: { id: teamId }, select: { id: true, name: true, personalOwnerId: true } })
  if (!team) throw new AppError('not_found', { message: 'There is no such team.' })
  return team
}
