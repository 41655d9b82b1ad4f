import { getProfile, listSessions, throttle } from '#lib/accounts/index.ts'
import { listOwnAddresses } from '#lib/addresses/index.ts'
import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { listConsents } from '#lib/grants/index.ts'
import { teamsOf } from '#lib/teams/index.ts'

/** Enough for anyone's years; what is older is left out, and the copy says so. */
const MAX_EVENTS = 5000

/**
 * A copy of what is kept of the acting person, for them to take along: plain JSON. Without hashes, codes and tokens: those are nobody's to
 * have. @throws AppError too_many_attempts, unauthenticated.
 */
export async function exportAccount({ ctx }: { ctx: Ctx }): Promise<Record<string, unknown>> {
  if (ctx.actor.kind !== 'user') throw new AppError('unauthenticated')
  const { userId } = ctx.actor
  await throttle([{ limit: 'export-account', key: userId }])
  const [profile, addresses, sessions, apps, teams, takenBack, tickets, changes] = await Promise.all([
    getProfile({ ctx }),
    listOwnAddresses({ ctx }),
    listSessions({ ctx }),
    listConsents({ ctx }),
    teamsOf(userId),
    db().endedConsent.findMany({ where: { userId }, select: { clientId: true, endedAt: true } }),
    db().ticket.findMany({
      where: { userId },
      orderBy: { createdAt: 'asc' },
      select: {
        id: true,
        subject: true,
        status: true,
        requestId: true,
        createdAt: true,
        messages: { select: { byOperator: true, text: true, createdAt: true }, orderBy: { createdAt: 'asc' } },
      },
    }),
    db().auditEvent.findMany({
      where: { OR: [{ actorUserId: userId }, { targetType: 'user', targetId: userId }] },
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
      take: MAX_EVENTS,
      select: { at: true, action: true, targetType: true, targetId: true, ip: true, userAgent: true },
    }),
  ])
  return {
    made_at: new Date(),
    profile,
    addresses,
    sessions,
    connected_apps: apps,
    taken_back: takenBack,
    teams: teams.map(({ id, name, personal, role }) => ({ id, name, personal, role: role.name })),
    tickets,
    changes: { newest: changes, complete: changes.length < MAX_EVENTS },
  }
}
