import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { requireUser } from './internal.ts'

export type SessionOfUser = {
  id: string
  ip: string | null
  userAgent: string | null
  createdAt: Date
  lastSeenAt: Date
  expiresAt: Date
  remember: boolean
  /** The session that asks. */
  current: boolean
}

/** The acting person's live sessions, last seen first. */
export async function listSessions({ ctx }: { ctx: Ctx }): Promise<SessionOfUser[]> {
  const actor = requireUser(ctx)
  const rows = await db().session.findMany({
    where: { userId: actor.userId, endedAt: null, expiresAt: { gt: new Date() } },
    orderBy: { lastSeenAt: 'desc' },
    take: 100,
  })
  return rows.map(({ id, ip, userAgent, createdAt, lastSeenAt, expiresAt, remember }) => ({
    id,
    ip,
    userAgent,
    createdAt,
    lastSeenAt,
    expiresAt,
    remember,
    current: id === actor.sessionId,
  }))
}
