import type * as z from 'zod'
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

type Asked = z.output<typeof ListTicketsInput>

async function page({ status, search, limit, cursor }: Asked, of: Prisma.TicketWhereInput): Promise<TicketPage> {
  const rows = await db().ticket.findMany({
    where: { AND: [of, status ? { status } : {}, search ? matching(search) : {}, after(cursor)] },
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

function matching(search: string): Prisma.TicketWhereInput {
  // To Prisma they are what LIKE makes of them.
  const contains = { contains: search.replaceAll(/[\\%_]/g, '\\$&'), mode: 'insensitive' } as const
  return { OR: [{ subject: contains }, { user: { email: contains } }, { user: { name: contains } }] }
}

/** What comes after a cursor. One that is none of ours begins at the start. */
function after(cursor: string | undefined): Prisma.TicketWhereInput {
  const [, time, id] = /^(\d{4}-[\d-]+T[\d:.]+Z)_(tkt_\w+)$/.exec(cursor ?? '') ?? []
  const at = new Date(time ?? '')
  if (!id || Number.isNaN(at.getTime())) return {}
  return { OR: [{ updatedAt: { lt: at } }, { updatedAt: at, id: { lt: id } }] }
}
