import { recordAudit } from '#lib/audit/index.ts'
import { authorizeOperator } from '#lib/authorize-operator.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { isLocale } from '#lib/i18n/index.ts'
import { newId } from '#lib/ids.ts'
import { parseInput } from '#lib/input.ts'
import { queueMail } from '#lib/mail/index.ts'
import { findTicket, ticketUrl } from './internal.ts'
import { ReplyInput } from './schemas.ts'

/** An operator answers; the person is told by mail. @throws AppError validation_failed, not_found (also for who is no operator), unauthenticated. */
export async function answerTicket({ ctx, input }: { ctx: Ctx; input: unknown }): Promise<void> {
  authorizeOperator(ctx)
  const { ticketId, text } = parseInput(ReplyInput, input)
  const authorId = ctx.actor.kind === 'user' ? ctx.actor.userId : null
  await transaction(async (tx) => {
    const { subject, status, user } = await findTicket(ctx, ticketId, tx, 'any')
    await tx.ticketMessage.create({ data: { id: newId('msg'), ticketId, byOperator: true, authorId, text } })
    await tx.ticket.update({ where: { id: ticketId }, data: { status: 'answered', closedAt: null, updatedAt: new Date() } })
    await recordAudit(tx, ctx, {
      action: 'ticket.answered',
      teamId: null,
      target: { type: 'ticket', id: ticketId },
      before: { status },
      after: { status: 'answered' },
    })
    const locale = isLocale(user.locale) ? user.locale : 'en'
    await queueMail(tx, {
      to: user.email,
      template: 'ticket_answered',
      locale,
      params: { name: user.name, subject, url: ticketUrl(ticketId) },
    })
  })
}
