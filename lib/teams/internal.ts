import type { Db, Prisma } from '#lib/db.ts'

const membership = { role: true, clients: { select: { clientId: true } } } satisfies Prisma.MemberInclude

/** The membership of a user in a team with its role, or null. A disabled user is a member of nothing. */
export function findMember(tx: Db, teamId: string, userId: string) {
  return tx.member.findFirst({ where: { teamId, userId, user: { disabledAt: null } }, include: membership })
}

/** All memberships of a user, oldest first. */
export function findMemberships(tx: Db, userId: string) {
  return tx.member.findMany({
    where: { userId, user: { disabledAt: null } },
    include: { ...membership, team: true },
    orderBy: [{ createdAt: 'asc' }, { teamId: 'asc' }],
  })
}
