import type * as z from 'zod'
import { authorizeOperator } from '#lib/authorize-operator.ts'
import type { Ctx } from '#lib/context.ts'
import { placeInTime, readCursor, writeCursor } from '#lib/cursor.ts'
import { db, type Prisma } from '#lib/db.ts'
import { parseInput } from '#lib/input.ts'
import { literal } from '#lib/search.ts'
import { summaryColumns, type TicketSummary, ticketSummary } from './dto.ts'
import { requireUser } from './internal.ts'
import { ListTicketsInput } from './schemas.ts'

export type TicketPage = { tickets: TicketSummary[]; nextCursor: string | null }

/** The acting person's own tickets, last touched first, page by page. @throws AppError validation_failed, unauthenticated. */
export async function listOwnTickets({ ctx, input = {} }: { ctx: Ctx; input?: unknown }): Promise<TicketPage> {
  const { userId } = requireUser(ctx)
  return page(parseInput(ListTicketsInput, input), { userId })
}

/** Everyone's tickets, for operators; last touched first, page by page. @throws AppError validation_failed, not_found, unauthenticated. */
export async function listTickets({ ctx, input = {} }: { ctx: Ctx; input?: unknown }): Promise<TicketPage> {
  authorizeOperator(ctx)
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
    nextCursor: rows.length > limit && last ? writeCursor([last.updatedAt, last.id]) : null,
  }
}

function matching(search: string): Prisma.TicketWhereInput {
  const contains = { contains: literal(search), mode: 'insensitive' } as const
  return { OR: [{ subject: contains }, { user: { email: contains } }, { user: { name: contains } }] }
}

/** What comes after a cursor. */
function after(cursor: string | undefined): Prisma.TicketWhereInput {
  if (!cursor) return {}
  const [at, id] = readCursor(cursor, placeInTime)
  return { OR: [{ updatedAt: { lt: at } }, { updatedAt: at, id: { lt: id } }] }
}
