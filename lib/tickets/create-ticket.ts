import { operatorsToMail, throttle } from '#lib/accounts/index.ts'
import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { type Db, db, transaction } from '#lib/db.ts'
import { isLocale } from '#lib/i18n/index.ts'
import { newId } from '#lib/ids.ts'
import { parseInput } from '#lib/input.ts'
import { queueMail } from '#lib/mail/index.ts'
import { requireUser, ticketUrl } from './internal.ts'
import { CreateTicketInput } from './schemas.ts'

/** Asks the operators something, and tells them by mail. @throws AppError validation_failed, too_many_attempts, unauthenticated. */
export async function createTicket({ ctx, input }: { ctx: Ctx; input: unknown }): Promise<{ id: string }> {
  const { userId, email } = requireUser(ctx)
  const { subject, text, requestId } = parseInput(CreateTicketInput, input)
  await throttle([{ limit: 'ticket-account', key: userId }])
  const recipients = await operatorsToMail(db())
  return transaction(async (tx) => {
    const id = newId('tkt')
    await tx.ticket.create({
      data: { id, userId, subject, requestId, messages: { create: { id: newId('msg'), byOperator: false, authorId: userId, text } } },
    })
    await recordAudit(tx, ctx, { action: 'ticket.created', teamId: null, target: { type: 'ticket', id }, after: { request: requestId } })
    await tellOperators(tx, recipients, { subject, from: email, url: ticketUrl(id) })
    return { id }
  })
}

/** Mails all operators that something was asked. */
export async function tellOperators(
  tx: Db,
  recipients: Awaited<ReturnType<typeof operatorsToMail>>,
  params: { subject: string; from: string; url: string },
): Promise<void> {
  for (const { email, name, locale } of recipients) {
    await queueMail(tx, { to: email, template: 'ticket_opened', locale: isLocale(locale) ? locale : 'en', params: { name, ...params } })
  }
}
