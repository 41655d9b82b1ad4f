import type { Ctx } from '#lib/context.ts'
import { db, type Prisma } from '#lib/db.ts'
import { parseInput } from '#lib/input.ts'
import { summaryColumns, type TicketSummary, ticketSummary } from './dto.ts'
import { requireOperator, requireUser } from './internal.ts'
import { ListTicketsInput } from './schemas.ts'

export type TicketPage = { tickets: TicketSummary[]; nextCursor: string | null }

/** The acting person's own tickets, last touched first, page by page. @throws AppError validation_failed, unauthenticated. */
export async function listOwnTickets({ ctx, input = {} }: { ctx: Ctx; input?: unknown }): Promise<TicketPage> {
  const { userId } = requireUser(ctx)
  return page(parseInput(ListTicketsInput, input), { userId })
}

/** Everyone's tickets, for operators; last touched first, page by page. @throws AppError validation_failed, not_found, unauthenticated. */
export async function listTickets({ ctx, input = {} }: { ctx: Ctx; input?: unknown }): Promise<TicketPage> {
  requireOperator(ctx)
  return page(parseInput(ListTicketsInput, input), {})
}

type Asked = { status?: 'open' | 'answered' | 'closed' | undefined; limit: number; cursor?: string | undefined }

async function page({ status, limit, cursor }: Asked, of: Prisma.TicketWhereInput): Promise<TicketPage> {
  const rows = await db().ticket.findMany({
    where: { ...of, ...(status ? { status } : {}), ...after(cursor) },
    orderBy: [{ updatedAt: 'desc' }, { id: 'desc' }],
    take: limit + 1,
    select: summaryColumns,
  })
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    tickets: shown.map(ticketSummary),
    nextCursor: rows.length > limit && last ? `${last.updatedAt.toISOString()}_${last.id}` : null,
  }
}

/** What comes after a cursor. One that is none of ours begins at the start. */
function after(cursor: string | undefined): Prisma.TicketWhereInput {
  const [, time, id] = /^(\d{4}-[\d-]+T[\d:.]+Z)_(tkt_\w+)$/.exec(cursor ?? '') ?? []
  const at = new Date(time ?? '')
  if (!id || Number.isNaN(at.getTime())) return {}
  return { OR: [{ updatedAt: { lt: at } }, { updatedAt: at, id: { lt: id } }] }
}
