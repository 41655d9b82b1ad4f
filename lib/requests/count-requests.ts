import type { Ctx } from '#lib/context.ts'
import { parseInput } from '#lib/input.ts'
import { openLog } from './log-scope.ts'
import { countRows } from './read-log.sql.ts'
import { type CountRequestsInput, countRequestsInput } from './schemas.ts'

/** Counting stops here. */
const MOST = 10_000

/** `more`: there are at least `count`, and counting stopped. */
export type RequestCount = { count: number; more: boolean }

/** How many requests the filters find, among the newest 10,000 that they leave to look at. @throws AppError as `listRequests` */
export async function countRequests({
  ctx,
  input,
  now = new Date(),
}: {
  ctx: Ctx
  input: CountRequestsInput
  now?: Date
}): Promise<RequestCount> {
  const { scope } = await openLog(ctx, parseInput(countRequestsInput, input), now)
  const { matched, walked } = await countRows(scope, MOST + 1)
  return { count: Math.min(matched, MOST), more: walked > MOST }
}
