import * as z from 'zod'
import { searchText } from '#lib/search.ts'

export const TICKET_STATUSES = ['open', 'answered', 'closed'] as const
export type TicketStatus = (typeof TICKET_STATUSES)[number]

export const MAX_SUBJECT = 150
export const MAX_TEXT = 10_000

/** Tab and line breaks are text; other control characters, direction overrides and lone surrogates are not. */
const UNSEEN = /[\p{Cs}\u202a-\u202e\u2066-\u2069]|(?![\t\n\r])\p{Cc}/u

const text = (max: number) =>
  z
    .string({ error: 'Required' })
    .transform((value) => value.trim().normalize().replace(/\r\n?/g, '\n'))
    .refine((value) => value !== '', { message: 'Required', params: { code: 'required' } })
    .refine((value) => value.length <= max, { message: `At most ${max} characters`, params: { code: 'too_long', max } })
    .refine((value) => !UNSEEN.test(value), { message: 'This has characters that cannot be used', params: { code: 'characters' } })

/** What every answer carries as `X-Request-Id`; people paste it with spaces around. */
const requestId = z
  .string()
  .nullish()
  .transform((value) => value?.trim() || null)
  .refine((value) => !value || /^req_[0-9A-Za-z]{8,60}$/.test(value), {
    message: 'A request id begins with req_',
    params: { code: 'request_id' },
  })

export const CreateTicketInput = z.object({
  subject: text(MAX_SUBJECT).refine((value) => !value.includes('\n'), { message: 'One line', params: { code: 'characters' } }),
  text: text(MAX_TEXT),
  requestId,
})
export type CreateTicketInput = z.input<typeof CreateTicketInput>

export const TicketRef = z.object({ ticketId: z.string().regex(/^\w{1,100}$/, 'No ticket') })

export const ReplyInput = TicketRef.extend({ text: text(MAX_TEXT) })
export type ReplyInput = z.input<typeof ReplyInput>

export const ListTicketsInput = z.object({
  status: z.enum(TICKET_STATUSES).optional(),
  /** In the subject, and in the name and the address of who asked. */
  search: searchText.optional(),
  limit: z.number().int().min(1).max(100).default(25),
  /** The `nextCursor` of the page before. */
  cursor: z.string().max(200).optional(),
})
export type ListTicketsInput = z.input<typeof ListTicketsInput>
