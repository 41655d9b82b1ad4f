import { db } from '#lib/db.ts'

/**
 * Whether a session goes on. Whoever is about to end it is waited for: they end what came of the session after the session itself, so that what was
 * stored before this answered true is among that.
 */
export async function isSessionAlive(sessionId: string): Promise<boolean> {
  const rows = await db().$queryRaw<unknown[]>`SELECT 1 FROM sessions WHERE id = ${sessionId} AND ended_at IS NULL FOR SHARE`
  return rows.length > 0
}
