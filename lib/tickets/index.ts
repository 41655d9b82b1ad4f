// Owns tickets: questions of people to the operators of the installation, with the answers. Mail says that there is something new, never
// what: it is read here. Operators list, answer and close; the person asks, goes on, and closes their own.
export { answerTicket } from './answer-ticket.ts'
export { closeTicket } from './close-ticket.ts'
export { createTicket } from './create-ticket.ts'
export type { TicketDetail, TicketSummary } from './dto.ts'
export { getTicket } from './get-ticket.ts'
export { listOwnTickets, listTickets } from './list-tickets.ts'
export { replyToTicket } from './reply-to-ticket.ts'
