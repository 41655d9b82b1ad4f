import { type Db, db } from '#lib/db.ts'
import { newId } from '#lib/ids.ts'

export type LogoutSession = { sid: string; accountSessionId: string; clientId: string; sub: string }

/** Remembers that a log-in reached a client that wants to hear of its end. */
export async function noteLogoutSession(session: LogoutSession): Promise<void> {
  const { sid, ...rest } = session
  await db().logoutSession.upsert({ where: { sid }, create: session, update: rest })
}

/** The account session was replaced by another of the same person: its clients now hear of that one's end. */
export async function moveLogoutSessions(tx: Db, from: string, to: string): Promise<void> {
  await tx.logoutSession.updateMany({ where: { accountSessionId: from }, data: { accountSessionId: to } })
}

/** Puts one message for each client that these account sessions reached into the outbox, in the transaction that ends them. */
export async function queueLogouts(tx: Db, accountSessionIds: string[]): Promise<void> {
  const sessions = await tx.logoutSession.findMany({ where: { accountSessionId: { in: accountSessionIds } } })
  if (sessions.length === 0) return
  await tx.logoutSession.deleteMany({ where: { sid: { in: sessions.map(({ sid }) => sid) } } })
  await add(tx, sessions)
}

/** The same for one client alone: the person logged out of it and stays logged in here. */
export async function queueClientLogout({ clientId, sub, sid }: Omit<LogoutSession, 'accountSessionId'>): Promise<void> {
  await db().logoutSession.deleteMany({ where: { sid, clientId } })
  await add(db(), [{ clientId, sub, sid }])
}

async function add(tx: Db, sessions: Omit<LogoutSession, 'accountSessionId'>[]): Promise<void> {
  const rows = sessions.map(({ clientId, sub, sid }) => ({ id: newId('lod'), clientId, sub, sid }))
  // Two ways of ending one log-in lead here: one message.
  await tx.logoutDelivery.createMany({ data: rows, skipDuplicates: true })
  // Where the queue is not there yet (a command before the first start) the sweep of `dueLogouts` finds them.
  const [queue] = await tx.$queryRaw<{ there: boolean }[]>`SELECT to_regnamespace('graphile_worker') IS NOT NULL AS there`
  if (!queue?.there) return
  for (const { id } of rows) {
    await tx.$executeRaw`
      SELECT graphile_worker.add_job('deliver-logout', json_build_object('id', ${id}::text), max_attempts := 1, job_key := 'logout:' || ${id}::text)`
  }
}
