import { setTimeout as sleep } from 'node:timers/promises'
import type { Ctx } from '#lib/context.ts'
import { parseInput } from '#lib/input.ts'
import { type RequestSummary, requestSummary } from './dto.ts'
import { openLog } from './log-scope.ts'
import { namesOf } from './names.ts'
import { readRows } from './read-log.sql.ts'
import { type CountRequestsInput, countRequestsInput } from './schemas.ts'

const EVERY_MS = 1_500
/** Rows come up to a second late, and from several processes: each look goes back this far behind the last. */
const OVERLAP_MS = 15_000
const MOST = 100

/**
 * The requests that filters find, as they are logged by any process, newest first in each look; `null` when there was nothing new. The
 * first look goes back a few seconds, so that nothing falls between a page and what follows it: expect some twice. Ends when `signal`
 * says so. Asks for `logs.read` at every look. @throws AppError as `listRequests`, also later, when the permission is gone
 */
export async function* followRequests({
  ctx,
  input,
  signal,
  everyMs = EVERY_MS,
}: {
  ctx: Ctx
  input: CountRequestsInput
  signal: AbortSignal
  everyMs?: number
}): AsyncGenerator<RequestSummary[] | null, void> {
  const { filters, ...where } = parseInput(countRequestsInput, input)
  const seen = new Map<string, number>()
  const begun = Date.now()
  while (!signal.aborted) {
    const now = new Date()
    const { scope } = await openLog(ctx, { ...where, filters: { ...filters, to: undefined } }, now)
    const since = Math.max(scope.since.getTime(), begun - OVERLAP_MS, now.getTime() - OVERLAP_MS)
    const rows = await readRows({ ...scope, since: new Date(since) }, { after: null, limit: MOST, scan: 10 * MOST })
    const fresh = rows.filter(({ request_id }) => !seen.has(request_id))
    for (const { request_id, at } of fresh) seen.set(request_id, at.getTime())
    for (const [id, at] of seen) if (at < since - OVERLAP_MS) seen.delete(id)
    const names = fresh.length > 0 ? await namesOf(scope.teamId, fresh) : null
    yield names && fresh.map((row) => requestSummary(row, names))
    await sleep(everyMs, undefined, { signal }).catch(() => {})
  }
}
