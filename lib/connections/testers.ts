import { type Db, db, type Prisma } from '#lib/db.ts'

export type ClientRef = { clientId: string; teamId: string }

/** Whether a user may use a client in test mode: members of its team, and invited test users whose address is proven. */
export async function mayTest(client: ClientRef, userId: string, tx: Db = db()): Promise<boolean> {
  return (await tx.user.count({ where: { id: userId, ...(await whereTester(client, tx)) } })) > 0
}

/** The condition on users that {@link mayTest} asks, for lists. */
export async function whereTester({ clientId, teamId }: ClientRef, tx: Db): Promise<Prisma.UserWhereInput> {
  const invited = await tx.testUser.findMany({ where: { clientId }, select: { email: true } })
  return {
    OR: [{ memberships: { some: { teamId } } }, { emailVerifiedAt: { not: null }, email: { in: invited.map(({ email }) => email) } }],
  }
}
