import type { Ctx } from '#lib/context.ts'
import { csvLine } from '#lib/csv.ts'
import type { EventDto } from './dto.ts'
import { eachEvent } from './list-events.ts'
import type { EventFilter } from './schemas.ts'

export type ExportFormat = 'csv' | 'jsonl'

type Flat = Record<string, string | null>

const COLUMNS = [
  'at',
  'action',
  'actor_kind',
  'actor_id',
  'actor_name',
  'actor_email',
  'target_type',
  'target_id',
  'target_name',
  'client_id',
  'before',
  'after',
  'ip',
  'user_agent',
  'request_id',
] as const

/**
 * The log that a filter leaves as CSV (RFC 4180, with a header) or as JSON Lines, piece by piece. Needs `audit.read`. The first piece comes after the
 * first page was read, so that a refusal is known before anything is sent.
 * @throws AppError as `listEvents`
 */
export async function* exportEvents({
  ctx,
  input,
  format,
}: {
  ctx: Ctx
  input: EventFilter
  format: ExportFormat
}): AsyncGenerator<string, void> {
  let first = true
  for await (const events of eachEvent({ ctx, input })) {
    if (format === 'csv')
      yield `${first ? csvLine(COLUMNS) : ''}${events.map((event) => csvLine(COLUMNS.map((name) => flat(event)[name]))).join('')}`
    else yield events.map((event) => `${JSON.stringify(plain(event))}\n`).join('')
    first = false
  }
}

function flat(event: EventDto): Flat {
  const { actor, target } = event
  return {
    at: event.at,
    action: event.action,
    actor_kind: actor.kind,
    actor_id: actor.id,
    actor_name: actor.name,
    actor_email: actor.email,
    target_type: target.type,
    target_id: target.id,
    target_name: target.name,
    client_id: event.client?.id ?? null,
    before: event.before ? JSON.stringify(event.before) : null,
    after: event.after ? JSON.stringify(event.after) : null,
    ip: event.ip,
    user_agent: event.userAgent,
    request_id: event.requestId,
  }
}

function plain(event: EventDto): Record<string, unknown> {
  return { id: event.id, ...flat(event), before: event.before ?? null, after: event.after ?? null }
}
