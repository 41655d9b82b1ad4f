import * as z from 'zod'
import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { newId } from '#lib/ids.ts'

const schema = z.object({ clientId: z.string().max(100), scopes: z.array(z.string().max(100)).max(100) })

/**
 * Records that the acting user allows a client these scopes, on top of what was allowed before. Only the user themself can.
 * Scopes the client does not have are left out: the owner may have removed one while the page was open.
 * @throws AppError unauthenticated, not_found.
 */
export async function allowConsent({ ctx, input }: { ctx: Ctx; input: z.input<typeof schema> }): Promise<{ scopes: string[] }> {
  const { actor } = ctx
  if (actor.kind !== 'user') throw new AppError('unauthenticated')
  const { clientId, scopes: asked } = schema.parse(input)

  return transaction(async (tx) => {
    const client = await tx.client.findFirst({
      where: { id: clientId, deletedAt: null, status: 'active', restrictedAt: null },
      select: { teamId: true, scopes: { select: { scopeName: true } } },
    })
    if (!client) throw new AppError('not_found')
    const own = new Set(client.scopes.map((scope) => scope.scopeName))
    const key = { userId_clientId: { userId: actor.userId, clientId } }
    const before = await tx.consent.findUnique({ where: key, select: { scopes: true } })
    const scopes = [...new Set([...(before?.scopes ?? []), ...asked.filter((scope) => own.has(scope))])].sort()
    await tx.consent.upsert({
      where: key,
      create: { id: newId('con'), userId: actor.userId, clientId, scopes },
      update: { scopes },
    })
    await recordAudit(tx, ctx, {
      action: 'consent.allowed',
      teamId: client.teamId,
      target: { type: 'client', id: clientId },
      before: { scopes: before?.scopes ?? [] },
      after: { scopes },
    })
    return { scopes }
  })
}
