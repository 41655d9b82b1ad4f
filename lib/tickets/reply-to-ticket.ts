import { operatorsToMail, throttle } from '#lib/accounts/index.ts'
import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { db, transaction } from '#lib/db.ts'
import { newId } from '#lib/ids.ts'
import { parseInput } from '#lib/input.ts'
import { tellOperators } from './create-ticket.ts'
import { findTicket, requireUser, ticketUrl } from './internal.ts'
import { ReplyInput } from './schemas.ts'

/** Says more in one's own ticket; a closed one is open again. @throws AppError validation_failed, not_found, too_many_attempts, unauthenticated. */
export async function replyToTicket({ ctx, input }: { ctx: Ctx; input: unknown }): Promise<void> {
  const { userId, email } = requireUser(ctx)
  const { ticketId, text } = parseInput(ReplyInput, input)
  await throttle([{ limit: 'ticket-account', key: userId }])
  const recipients = await operatorsToMail(db())
  await transaction(async (tx) => {
    const { subject, status } = await findTicket(ctx, ticketId, tx, 'own')
    await tx.ticketMessage.create({ data: { id: newId('msg'), ticketId, byOperator: false, authorId: userId, text } })
    await tx.ticket.update({ where: { id: ticketId }, data: { status: 'open', closedAt: null, updatedAt: new Date() } })
    await recordAudit(tx, ctx, {
      action: 'ticket.replied',
      teamId: null,
      target: { type: 'ticket', id: ticketId },
      before: { status },
      after: { status: 'open' },
    })
    // Who asks again before anyone answered has told them already.
    if (status !== 'open') await tellOperators(tx, recipients, { subject, from: email, url: ticketUrl(ticketId) })
  })
}
