import * as z from 'zod'
import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { endUserTokens } from './end-tokens.ts'

const schema = z.object({ clientId: z.string().max(100) })

/**
 * The acting user takes back what they allowed a client: the consent goes and every token of theirs with it, at once.
 * @throws AppError unauthenticated, not_found.
 */
export async function takeBackConsent({ ctx, input }: { ctx: Ctx; input: z.input<typeof schema> }): Promise<{ ended: number }> {
  const { actor } = ctx
  if (actor.kind !== 'user') throw new AppError('unauthenticated')
  const { clientId } = schema.parse(input)

  return transaction(async (tx) => {
    const key = { userId_clientId: { userId: actor.userId, clientId } }
    const consent = await tx.consent.findUnique({ where: key, select: { scopes: true, client: { select: { teamId: true } } } })
    if (!consent) throw new AppError('not_found')
    await tx.consent.delete({ where: key })
    await tx.endedConsent.upsert({ where: key, create: { userId: actor.userId, clientId }, update: { endedAt: new Date() } })
    const ended = await endUserTokens(tx, actor.sub, clientId)
    await recordAudit(tx, ctx, {
      action: 'consent.taken_back',
      teamId: consent.client.teamId,
      target: { type: 'client', id: clientId },
      before: { scopes: consent.scopes },
      after: { tokens_ended: ended },
    })
    return { ended }
  })
}
