import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { transactionOfVerbs } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { parseInput } from '#lib/input.ts'
import { authorize, authorizeClient, lockTeam } from '#lib/teams/index.ts'
import { findEvent } from './internal.ts'
import { type EventRef, eventRef } from './schemas.ts'
import { undoOf } from './undo/registry.ts'

/**
 * Takes a change back, by the verb that would make the opposite change, and as such recorded; once, and not when somebody changed the same thing since.
 * Needs `audit.read`, and the permission of the original change.
 * @throws AppError unauthenticated, not_found, permission_denied, conflict with `params.reason` undo_impossible, undo_done or undo_changed_since, and
 * whatever the verb has against it
 */
export async function undoEvent({ ctx, input }: { ctx: Ctx; input: EventRef }): Promise<{ action: string }> {
  const access = await authorize(ctx, { teamId: input.teamId, permission: 'audit.read' })
  const { teamId, eventId } = parseInput(eventRef, input)
  const event = await findEvent(access, eventId)
  if (!event) throw new AppError('not_found', { message: 'There is no such event.' })
  const undo = undoOf(event)
  if (!undo) throw new AppError('conflict', { message: 'This cannot be undone.', params: { reason: 'undo_impossible' } })
  const { client_id: clientId, action } = event

  await transactionOfVerbs(async (tx) => {
    // The same lock as the verbs take: nothing changes between the look and the change, and of two who undo the second sees the first.
    if (clientId) await authorizeClient(ctx, { clientId, permission: undo.permission }, tx, { lock: true })
    else {
      await lockTeam(tx, teamId)
      await authorize(ctx, { teamId, permission: undo.permission }, tx)
    }
    const done = await tx.auditEvent.findFirst({ where: { teamId, targetType: 'audit_event', targetId: eventId } })
    if (done) throw new AppError('conflict', { message: 'This was undone already.', params: { reason: 'undo_done' } })
    if (!(await undo.stands(tx, event))) {
      throw new AppError('conflict', { message: 'Somebody changed this since.', params: { reason: 'undo_changed_since' } })
    }
    await undo.apply(ctx, event, tx)
    await recordAudit(tx, ctx, {
      action: 'audit.undone',
      teamId,
      target: { type: 'audit_event', id: eventId },
      ...(clientId ? { clientId } : {}),
      after: { action },
    })
  })
  return { action }
}
