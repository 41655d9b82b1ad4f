import * as z from 'zod'
import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { type Db, transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { endSessionTokens } from '#lib/grants/index.ts'
import { parseInput } from '#lib/input.ts'
import { requireUser } from './internal.ts'

const EndSessionInput = z.object({ sessionId: z.string().regex(/^\w{1,100}$/, 'No session') })

/** Ends one of the acting person's own sessions: it is refused from the next request on. @throws AppError not_found for anyone else's or an ended one. */
export async function endSession({ ctx, input }: { ctx: Ctx; input: unknown }): Promise<void> {
  const actor = requireUser(ctx)
  const { sessionId } = parseInput(EndSessionInput, input)
  await transaction(async (tx) => {
    const { count } = await tx.session.updateMany({
      where: { id: sessionId, userId: actor.userId, endedAt: null },
      data: { endedAt: new Date() },
    })
    if (count === 0) throw new AppError('not_found')
    await recordAudit(tx, ctx, {
      action: 'session.ended',
      teamId: null,
      target: { type: 'user', id: actor.userId },
      after: { session: sessionId },
    })
    await endSessionTokens(tx, [sessionId])
  })
}

/** Ends every session of a person in the caller's transaction, except `keep`; answers how many. */
export async function endAllSessions(tx: Db, ctx: Ctx, { userId, keep }: { userId: string; keep?: string }): Promise<number> {
  const ended = await tx.session.updateManyAndReturn({
    where: { userId, endedAt: null, ...(keep ? { id: { not: keep } } : {}) },
    data: { endedAt: new Date() },
    select: { id: true },
  })
  if (ended.length === 0) return 0
  await recordAudit(tx, ctx, {
    action: 'session.all_ended',
    teamId: null,
    target: { type: 'user', id: userId },
    after: { count: ended.length },
  })
  const ids = ended.map(({ id }) => id)
  await endSessionTokens(tx, ids)
  return ended.length
}

/** Ends the acting person's sessions on every other device; answers how many. */
export async function endOtherSessions({ ctx }: { ctx: Ctx }): Promise<number> {
  const actor = requireUser(ctx)
  return transaction((tx) => endAllSessions(tx, ctx, { userId: actor.userId, keep: actor.sessionId }))
}
