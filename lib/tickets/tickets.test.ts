import { beforeAll, describe, expect, it } from 'vitest'
import { mailCount } from '#lib/accounts/testing.ts'
import type { Ctx } from '#lib/context.ts'
import { writeCursor } from '#lib/cursor.ts'
import { db } from '#lib/db.ts'
import { type Cast, makeCast, makeUser, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { answerTicket, closeTicket, createTicket, getTicket, listOwnTickets, listTickets, replyToTicket } from './index.ts'

useTestDatabase()

let cast: Cast
let operator: Ctx & { userId: string; email: string }
const QUESTION = { subject: 'Why 403?', text: 'It says ip_not_allowed.\nSince today.', requestId: 'req_4fTkkk3Qm2n0AbCdEfGh' }

beforeAll(async () => {
  cast = await makeCast()
  const user = await makeUser('operator')
  await db().user.update({ where: { id: user.userId }, data: { isOperator: true } })
  operator = { ...user, actor: { ...(user.actor as Extract<Ctx['actor'], { kind: 'user' }>), isOperator: true } }
})

const emailOf = ({ actor }: Ctx) => (actor as Extract<Ctx['actor'], { kind: 'user' }>).email

describe('a ticket', () => {
  it('is asked, answered, asked further and closed', async () => {
    const ctx = cast.owner
    const { id: ticketId } = await createTicket({ ctx, input: QUESTION })
    expect(await mailCount(operator.email, 'ticket_opened')).toBe(1)
    expect((await listTickets({ ctx: operator })).tickets).toMatchObject([
      { id: ticketId, status: 'open', person: { email: emailOf(ctx) }, requestId: QUESTION.requestId },
    ])

    await answerTicket({ ctx: operator, input: { ticketId, text: 'Add the address to the list.' } })
    expect(await mailCount(emailOf(ctx), 'ticket_answered')).toBe(1)
    const answered = await getTicket({ ctx, input: { ticketId } })
    expect(answered).toMatchObject({ status: 'answered', subject: QUESTION.subject })
    expect(answered.messages.map(({ byOperator, text }) => [byOperator, text])).toEqual([
      [false, QUESTION.text],
      [true, 'Add the address to the list.'],
    ])

    await replyToTicket({ ctx, input: { ticketId, text: 'Which list?' } })
    await replyToTicket({ ctx, input: { ticketId, text: 'Found it.' } })
    // Once for the question, once for the first words after the answer.
    expect(await mailCount(operator.email, 'ticket_opened')).toBe(2)
    await closeTicket({ ctx, input: { ticketId } })
    await closeTicket({ ctx, input: { ticketId } })
    expect((await listOwnTickets({ ctx })).tickets).toMatchObject([{ id: ticketId, status: 'closed' }])
    const actions = await db().auditEvent.findMany({ where: { targetId: ticketId }, orderBy: { at: 'asc' }, select: { action: true } })
    expect(actions.map(({ action }) => action)).toEqual([
      'ticket.created',
      'ticket.answered',
      'ticket.replied',
      'ticket.replied',
      'ticket.closed',
    ])
    await replyToTicket({ ctx, input: { ticketId, text: 'It is back.' } })
    expect(await getTicket({ ctx, input: { ticketId } })).toMatchObject({ status: 'open' })
  })

  it('is between its person and the operators', async () => {
    const { id: ticketId } = await createTicket({ ctx: cast.owner, input: QUESTION })
    const input = { ticketId, text: 'x' }
    // Someone of the same team is a stranger here.
    for (const ctx of [cast.admin, cast.stranger]) {
      expect(await outcome(getTicket({ ctx, input }))).toBe('not_found')
      expect(await outcome(replyToTicket({ ctx, input }))).toBe('not_found')
      expect(await outcome(closeTicket({ ctx, input }))).toBe('not_found')
      expect((await listOwnTickets({ ctx })).tickets).toEqual([])
    }
    for (const ctx of [cast.owner, cast.stranger]) {
      expect(await outcome(answerTicket({ ctx, input }))).toBe('not_found')
      expect(await outcome(listTickets({ ctx }))).toBe('not_found')
    }
    const ctx = cast.nobody
    const tries = [
      createTicket({ ctx, input: QUESTION }),
      getTicket({ ctx, input }),
      replyToTicket({ ctx, input }),
      answerTicket({ ctx, input }),
      closeTicket({ ctx, input }),
      listOwnTickets({ ctx }),
      listTickets({ ctx }),
    ]
    expect(new Set(await Promise.all(tries.map(outcome)))).toEqual(new Set(['unauthenticated']))
    // An operator reads and closes all, and says things in their own only as an answer.
    expect(await outcome(getTicket({ ctx: operator, input }))).toBe('ok')
    expect(await outcome(replyToTicket({ ctx: operator, input }))).toBe('not_found')
    expect(await outcome(closeTicket({ ctx: operator, input }))).toBe('ok')
  })

  it.each([
    ['no subject', { ...QUESTION, subject: '  ' }],
    ['a subject of two lines', { ...QUESTION, subject: 'a\nb' }],
    ['a long subject', { ...QUESTION, subject: 'x'.repeat(151) }],
    ['no text', { ...QUESTION, text: '' }],
    ['a NUL', { ...QUESTION, text: 'a\0b' }],
    ['a book', { ...QUESTION, text: 'x'.repeat(10_001) }],
    ['something else for a request id', { ...QUESTION, requestId: "req_' OR 1=1" }],
    ['nothing', undefined],
  ])('is refused with %s', async (_, input) => {
    expect(await outcome(createTicket({ ctx: cast.viewer, input }))).toBe('validation_failed')
  })

  it('does without a request id, and an id that cannot be one is told', async () => {
    expect(await outcome(createTicket({ ctx: cast.viewer, input: { ...QUESTION, requestId: ' ' } }))).toBe('ok')
    expect(await outcome(getTicket({ ctx: cast.viewer, input: { ticketId: 'a\0' } }))).toBe('validation_failed')
    expect(await outcome(getTicket({ ctx: cast.viewer, input: { ticketId: 'tkt_none' } }))).toBe('not_found')
  })

  it('is listed page by page, the last touched first', async () => {
    const person = await makeUser('many')
    for (let i = 0; i < 5; i++) await createTicket({ ctx: person, input: { ...QUESTION, subject: `No. ${i}` } })
    const seen: string[] = []
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await listOwnTickets({ ctx: person, input: { limit: 2, ...(cursor ? { cursor } : {}) } })
      seen.push(...page.tickets.map(({ subject }) => subject))
      cursor = page.nextCursor
    }
    expect(new Set(seen).size).toBe(5)
    expect(seen.length).toBe(5)
    const { tickets } = await listTickets({ ctx: operator, input: { status: 'closed' } })
    expect(new Set(tickets.map(({ status }) => status))).toEqual(new Set(['closed']))
    for (const cursor of ['nonsense', writeCursor(['2026-01-01T00:00:00.000Z']), writeCursor(['2026-99-01T00:00:00.000Z', 'tkt_1'])])
      expect(await outcome(listOwnTickets({ ctx: person, input: { cursor, limit: 1 } }))).toBe('validation_failed')
  })

  it('is found by its subject and by who asked', async () => {
    const person = await makeUser('Quaint')
    const subjects = ['50% of calls fail', 'Something else']
    for (const subject of subjects) await createTicket({ ctx: person, input: { ...QUESTION, subject } })
    const found = async (search: string, more = {}) =>
      (await listTickets({ ctx: operator, input: { search, ...more } })).tickets.map(({ subject }) => subject)
    expect(await found(' 50% OF ')).toEqual(['50% of calls fail'])
    expect(await found('50_')).toEqual([])
    expect(new Set(await found(emailOf(person)))).toEqual(new Set(subjects))
    expect(await found(emailOf(person), { status: 'closed' })).toEqual([])
    expect(await found('\0')).not.toEqual([])
    const first = await listTickets({ ctx: operator, input: { search: emailOf(person), limit: 1 } })
    const second = await listTickets({ ctx: operator, input: { search: emailOf(person), limit: 1, cursor: first.nextCursor } })
    expect([...first.tickets, ...second.tickets].map(({ subject }) => subject).sort()).toEqual(subjects)
    expect(second.nextCursor).toBeNull()
    const own = await listOwnTickets({ ctx: person, input: { search: 'else' } })
    expect(own.tickets.map(({ subject }) => subject)).toEqual(['Something else'])
  })

  it('is asked so often only', async () => {
    const person = await makeUser('eager')
    const tries = []
    for (let i = 0; i < 21; i++) tries.push(await outcome(createTicket({ ctx: person, input: QUESTION })))
    expect(tries.at(19)).toBe('ok')
    expect(tries.at(20)).toBe('too_many_attempts')
  })
})
