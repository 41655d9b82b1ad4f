import { recordAudit } from '#lib/audit/index.ts'
import { isOperator } from '#lib/authorize-operator.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { parseInput } from '#lib/input.ts'
import { findTicket } from './internal.ts'
import { TicketRef } from './schemas.ts'

/** Closes a ticket: its person their own, an operator any. Closing a closed one does nothing. @throws AppError not_found, unauthenticated. */
export async function closeTicket({ ctx, input }: { ctx: Ctx; input: unknown }): Promise<void> {
  const { ticketId } = parseInput(TicketRef, input)
  await transaction(async (tx) => {
    const { status } = await findTicket(ctx, ticketId, tx, isOperator(ctx) ? 'any' : 'own')
    if (status === 'closed') return
    const now = new Date()
    await tx.ticket.update({ where: { id: ticketId }, data: { status: 'closed', closedAt: now, updatedAt: now } })
    await recordAudit(tx, ctx, {
      action: 'ticket.closed',
      teamId: null,
      target: { type: 'ticket', id: ticketId },
      before: { status },
      after: { status: 'closed' },
    })
  })
}
