import type { Prisma } from '#lib/db.ts'
import type { TicketStatus } from './schemas.ts'

/** A ticket in a list. */
export type TicketSummary = {
  id: string
  subject: string
  status: TicketStatus
  requestId: string | null
  createdAt: Date
  updatedAt: Date
  /** Who asked; for operators. */
  person: { id: string; name: string; email: string }
}

/** A ticket with everything that was said, oldest first. */
export type TicketDetail = TicketSummary & {
  messages: { id: string; byOperator: boolean; text: string; createdAt: Date }[]
}

export const summaryColumns = {
  id: true,
  subject: true,
  status: true,
  requestId: true,
  createdAt: true,
  updatedAt: true,
  user: { select: { id: true, name: true, email: true } },
} satisfies Prisma.TicketSelect

type SummaryRow = Prisma.TicketGetPayload<{ select: typeof summaryColumns }>

export function ticketSummary({ user, ...row }: SummaryRow): TicketSummary {
  return { ...row, person: user }
}
