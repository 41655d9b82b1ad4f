import * as z from 'zod'
import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { parseInput } from '#lib/input.ts'
import { endConsent } from './end-consent.ts'

const schema = z.object({ clientId: z.string().regex(/^\w{1,100}$/) })

/**
 * The acting user takes back what they allowed a client: the consent goes and every token of theirs with it, at once.
 * @throws AppError unauthenticated, not_found.
 */
export async function takeBackConsent({ ctx, input }: { ctx: Ctx; input: z.input<typeof schema> }): Promise<{ ended: number }> {
  const { actor } = ctx
  if (actor.kind !== 'user') throw new AppError('unauthenticated')
  const { clientId } = parseInput(schema, input)

  return transaction(async (tx) => {
    const client = await tx.client.findUnique({ where: { id: clientId }, select: { teamId: true } })
    const consent = client && (await endConsent(tx, { userId: actor.userId, sub: actor.sub, clientId }))
    if (!consent) throw new AppError('not_found')
    const { ended } = consent
    await recordAudit(tx, ctx, {
      action: 'consent.taken_back',
      teamId: client.teamId,
      target: { type: 'client', id: clientId },
      before: { scopes: consent.scopes },
      after: { tokens_ended: ended },
    })
    return { ended }
  })
}
