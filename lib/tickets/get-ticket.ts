import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { parseInput } from '#lib/input.ts'
import { summaryColumns, type TicketDetail, ticketSummary } from './dto.ts'
import { requireUser } from './internal.ts'
import { TicketRef } from './schemas.ts'

/** One ticket with everything that was said: one's own, or any for an operator. @throws AppError not_found, unauthenticated. */
export async function getTicket({ ctx, input }: { ctx: Ctx; input: unknown }): Promise<TicketDetail> {
  const { userId, isOperator } = requireUser(ctx)
  const { ticketId } = parseInput(TicketRef, input)
  const row = await db().ticket.findFirst({
    where: { id: ticketId, ...(isOperator ? {} : { userId }) },
    select: {
      ...summaryColumns,
      messages: { select: { id: true, byOperator: true, text: true, createdAt: true }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] },
    },
  })
  if (!row) throw new AppError('not_found', { message: 'There is no such ticket.' })
  const { messages, ...rest } = row
  return { ...ticketSummary(rest), messages }
}
