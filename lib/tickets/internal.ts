import type { Actor, Ctx } from '#lib/context.ts'
import type { Db } from '#lib/db.ts'
import { env } from '#lib/env.ts'
import { AppError } from '#lib/errors.ts'

type User = Extract<Actor, { kind: 'user' }>

/** The person who acts. @throws AppError unauthenticated for nobody, permission_denied for a client or the system: tickets are between people. */
export function requireUser({ actor }: Ctx): User {
  if (actor.kind === 'user') return actor
  throw new AppError(actor.kind === 'nobody' ? 'unauthenticated' : 'permission_denied')
}

/** The row of a ticket that the actor may see, locked until the transaction ends: their own, or any for an operator. @throws AppError not_found. */
export async function findTicket(ctx: Ctx, ticketId: string, tx: Db, whose: 'own' | 'any') {
  const userId = whose === 'own' ? requireUser(ctx).userId : undefined
  await tx.$queryRaw`SELECT 1 FROM tickets WHERE id = ${ticketId} FOR UPDATE`
  const row = await tx.ticket.findFirst({ where: { id: ticketId, ...(userId ? { userId } : {}) }, include: { user: true } })
  if (!row) throw new AppError('not_found', { message: 'There is no such ticket.' })
  return row
}

/** Where a person reads their ticket. */
export function ticketUrl(ticketId: string): string {
  return `${env().PUBLIC_URL}/support/tickets/${ticketId}`
}
