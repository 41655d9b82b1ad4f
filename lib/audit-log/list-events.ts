import { authorizeOperator } from '#lib/authorize-operator.ts'
import type { Ctx } from '#lib/context.ts'
import { parseInput } from '#lib/input.ts'
import { authorize } from '#lib/teams/index.ts'
import { type EventDto, eventDtos } from './dto.ts'
import { cursorOf, findEvents, type LogOf } from './internal.ts'
import { type EventFilter, type ListEventsInput, listEventsInput } from './schemas.ts'

/**
 * One page of a team's log, newest first, or with null for the team, of the installation's. Secrets never were in it; should one be, it is not
 * shown. Needs `audit.read`; the installation's is for operators.
 * @throws AppError unauthenticated, not_found, permission_denied, validation_failed
 */
export async function listEvents({
  ctx,
  input,
}: {
  ctx: Ctx
  input: ListEventsInput
}): Promise<{ events: EventDto[]; nextCursor: string | null }> {
  const of = await mayRead(ctx, input.teamId)
  const { teamId: _, limit, cursor, ...filter } = parseInput(listEventsInput, input)
  const rows = await findEvents(of, filter, limit + 1, cursor)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { events: await eventDtos(page), nextCursor: rows.length > limit && last ? cursorOf(last) : null }
}

async function mayRead(ctx: Ctx, teamId: string | null): Promise<LogOf> {
  if (teamId !== null) return authorize(ctx, { teamId, permission: 'audit.read' })
  authorizeOperator(ctx)
  return 'installation'
}

const EXPORT_PAGE = 500

/** All events that a filter leaves, newest first, in pages; each page asks again whether the actor may. @throws AppError as {@link listEvents} */
export async function* eachEvent({ ctx, input }: { ctx: Ctx; input: EventFilter }): AsyncGenerator<EventDto[]> {
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof listEvents>> = await listEvents({
      ctx,
      input: { ...input, limit: EXPORT_PAGE, ...(cursor ? { cursor } : {}) },
    })
    yield page.events
    cursor = page.nextCursor
  } while (cursor)
}
