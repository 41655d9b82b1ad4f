import type { Ctx } from '#lib/context.ts'
import { parseInput } from '#lib/input.ts'
import { decodeCursor, encodeCursor, type Position } from './cursor.ts'
import { type RequestSummary, requestSummary } from './dto.ts'
import { openLog } from './log-scope.ts'
import { namesOf } from './names.ts'
import { endOfWalk, type LogRow, type LogScope, readRows } from './read-log.sql.ts'
import type { ResolvedRange } from './resolve-range.ts'
import { type ListRequestsInput, listRequestsInput } from './schemas.ts'

/** Rows that one statement looks at, and how long a page goes on looking. */
const SCAN = 10_000
const PATIENCE_MS = 25

export type RequestPage = {
  requests: RequestSummary[]
  nextCursor: string | null
  /** Set when the page ends because it has looked long enough: nothing newer than this is missing, older rows may follow. */
  searchedTo: string | null
  range: { since: string; until: string | null; cut: ResolvedRange['cut'] }
}

/**
 * One page of the request log of a team, or of one client, newest first. Needs `logs.read`; a member limited to clients sees only
 * theirs. A cursor serves the team and the filters that it came with.
 * @throws AppError unauthenticated, not_found, permission_denied, validation_failed (cursor, filters)
 */
export async function listRequests({
  ctx,
  input,
  now = new Date(),
}: {
  ctx: Ctx
  input: ListRequestsInput
  now?: Date
}): Promise<RequestPage> {
  const { cursor, limit, ...where } = parseInput(listRequestsInput, input)
  const { scope, range, cursorScope } = await openLog(ctx, where, now)
  const after = cursor === undefined ? null : decodeCursor(cursor, cursorScope)
  const { rows, end } = await search(scope, after, limit + 1)
  const page = rows.slice(0, limit)
  const more = rows.length > limit
  const last = more ? position(page.at(-1) as LogRow) : end
  const names = await namesOf(scope.teamId, page)
  return {
    requests: page.map((row) => requestSummary(row, names)),
    nextCursor: last && encodeCursor(last, cursorScope),
    searchedTo: more || !end ? null : end.at.toISOString(),
    range: { since: range.since.toISOString(), until: range.until?.toISOString() ?? null, cut: range.cut },
  }
}

/** Walks on until `wanted` rows are found, the range ends (then `end` is null), or it has taken too long. */
async function search(scope: LogScope, start: Position | null, wanted: number): Promise<{ rows: LogRow[]; end: Position | null }> {
  const rows: LogRow[] = []
  const until = performance.now() + PATIENCE_MS
  let after = start
  do {
    rows.push(...(await readRows(scope, { after, limit: wanted - rows.length, scan: SCAN })))
    if (rows.length >= wanted) return { rows, end: null }
    after = await endOfWalk(scope, after, SCAN)
  } while (after && performance.now() < until)
  return { rows, end: after }
}

function position({ at, request_id }: LogRow): Position {
  return { at, requestId: request_id }
}
