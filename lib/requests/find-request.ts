import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { AppError, isAppError } from '#lib/errors.ts'
import { parseInput } from '#lib/input.ts'
import { authorizeLogs } from './authorize-logs.ts'
import { type RequestDetail, requestDetail } from './dto.ts'
import { namesOf } from './names.ts'
import { rowsOfRequest, type WholeLogRow } from './read-log.sql.ts'
import { findRequestInput } from './schemas.ts'

type OwnedRow = WholeLogRow & { team_id: string }

/**
 * The request with this id, in whichever of the actor's teams it was. Needs `logs.read` there. One that nobody can be told to own,
 * that the plan no longer keeps, or that is somebody else's is not found.
 * @throws AppError unauthenticated, not_found
 */
export async function findRequest({
  ctx,
  input,
  now = new Date(),
}: {
  ctx: Ctx
  input: { requestId: string }
  now?: Date
}): Promise<RequestDetail> {
  if (ctx.actor.kind === 'nobody') throw new AppError('unauthenticated', { message: 'Log in first.' })
  const { requestId } = parseInput(findRequestInput, input)
  const plausible = /^[\w-]{1,100}$/.test(requestId)
  const rows = plausible ? await rowsOfRequest(requestId) : []
  for (const row of rows.filter((each): each is OwnedRow => each.team_id !== null)) {
    if (!(await mayRead(ctx, row, now))) continue
    const [names, secret] = await Promise.all([namesOf(row.team_id, [row]), secretOf(row)])
    return requestDetail(row, names, secret)
  }
  throw new AppError('not_found', { message: 'There is no such request.' })
}

async function mayRead(ctx: Ctx, row: OwnedRow, now: Date): Promise<boolean> {
  try {
    const { clientIds, retained } = await authorizeLogs(ctx, { teamId: row.team_id }, now)
    return row.at >= retained && (clientIds === null || (row.client_id !== null && clientIds.includes(row.client_id)))
  } catch (error) {
    if (isAppError(error)) return false
    throw error
  }
}

async function secretOf({ secret_id }: OwnedRow): Promise<RequestDetail['secret']> {
  if (secret_id === null) return null
  const found = await db().clientSecret.findUnique({ where: { id: secret_id }, select: { hint: true, label: true } })
  return { id: secret_id, hint: found?.hint ?? null, label: found?.label ?? null }
}
