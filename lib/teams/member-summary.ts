import { db } from '#lib/db.ts'
import type { Access } from './authorize.ts'
import { isOwnerRole } from './internal.ts'
import { mayGrant } from './rank.ts'

export type MemberSummary = {
  userId: string
  name: string
  /** For those who manage members, and of oneself; else null. */
  email: string | null
  role: { id: string; key: string; name: string }
  owner: boolean
  /** How many clients the role counts for; null: all. */
  clients: number | null
  joinedAt: string
  /** As `email`; null as well when they never were. */
  lastSeenAt: string | null
  disabled: boolean
  /** It is the actor. */
  you: boolean
  /** The actor may change their role or remove them, as far as ranks go: their role has nothing that the actor lacks. */
  below: boolean
}

/** The members of a team among `userIds`, in that order, as far as the actor may see them. */
export async function findSummaries(access: Access, userIds: readonly string[]): Promise<MemberSummary[]> {
  const { teamId } = access
  const manages = access.clientIds === null && access.permissions.includes('members.manage')
  const [rows, seen] = await Promise.all([
    db().member.findMany({
      where: { teamId, userId: { in: [...userIds] } },
      include: { role: true, user: true, _count: { select: { clients: { where: { client: { deletedAt: null } } } } } },
    }),
    db().session.groupBy({ by: ['userId'], where: { userId: { in: [...userIds] } }, _max: { lastSeenAt: true } }),
  ])
  const lastSeen = new Map(seen.map(({ userId, _max }) => [userId, _max.lastSeenAt]))
  const summaries = rows.map(({ userId, role, user, createdAt, limitedClients, _count }): MemberSummary => {
    const you = userId === access.userId
    return {
      userId,
      name: user.name,
      email: manages || you ? user.email : null,
      role: { id: role.id, key: role.key, name: role.name },
      owner: isOwnerRole(role),
      clients: limitedClients ? _count.clients : null,
      joinedAt: createdAt.toISOString(),
      lastSeenAt: manages || you ? (lastSeen.get(userId)?.toISOString() ?? null) : null,
      disabled: user.disabledAt !== null,
      you,
      below: mayGrant(access, role),
    }
  })
  const place = new Map(userIds.map((id, index) => [id, index]))
  return summaries.sort((a, b) => (place.get(a.userId) ?? 0) - (place.get(b.userId) ?? 0))
}
