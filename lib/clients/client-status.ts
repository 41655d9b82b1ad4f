import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import type { Db } from '#lib/db.ts'
import type { ClientRow } from './dto.ts'

/** Suspends or resumes a client in the caller's transaction, which has authorized the actor and locked the client. */
export async function setClientStatus(tx: Db, ctx: Ctx, client: ClientRow, status: 'active' | 'disabled'): Promise<ClientRow> {
  if (client.status === status) return client
  const disabledAt = status === 'disabled' ? new Date() : null
  const row = await tx.client.update({ where: { id: client.id }, data: { status, disabledAt, version: { increment: 1 } } })
  await recordAudit(tx, ctx, {
    action: status === 'disabled' ? 'client.disabled' : 'client.enabled',
    teamId: client.teamId,
    target: { type: 'client', id: client.id },
    before: { status: client.status },
    after: { status },
  })
  return row
}
