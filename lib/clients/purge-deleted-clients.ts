import { recordAudit } from '#lib/audit/index.ts'
import { systemContext } from '#lib/context.ts'
import { db, transaction } from '#lib/db.ts'

const RESTORABLE_MS = 30 * 24 * 60 * 60_000
const BATCH = 100

/** What was deleted before this moment cannot be restored any more. */
export function restorableSince(now = new Date()): Date {
  return new Date(now.getTime() - RESTORABLE_MS)
}

/** Removes for good what was deleted more than 30 days ago, each with an audit event. Answers how many. For the job. */
export async function purgeDeletedClients({ signal }: { signal?: AbortSignal | undefined } = {}): Promise<number> {
  const ctx = systemContext('purge')
  let purged = 0
  while (!signal?.aborted) {
    const where = { deletedAt: { lt: restorableSince() } }
    const rows = await db().client.findMany({
      where,
      select: { id: true, teamId: true, name: true },
      take: BATCH,
      orderBy: { deletedAt: 'asc' },
    })
    for (const { id, teamId, name } of rows) {
      await transaction(async (tx) => {
        const { count } = await tx.client.deleteMany({ where: { ...where, id } })
        if (count === 0) return
        purged += 1
        await recordAudit(tx, ctx, { action: 'client.purged', teamId, target: { type: 'client', id }, before: { name } })
      })
    }
    if (rows.length < BATCH) break
  }
  return purged
}
