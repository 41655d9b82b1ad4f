import * as z from 'zod'
import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { endConsent } from '#lib/grants/index.ts'
import { parseInput } from '#lib/input.ts'
import { authorizeClient } from '#lib/teams/index.ts'

const schema = z.object({ clientId: z.string(), sub: z.string().max(100) })

/**
 * Ends one person's connection to a client: their consent and every token of theirs, at once. They can connect again, and are asked
 * again. Needs `tokens.revoke`.
 * @throws AppError unauthenticated, not_found (also when they are not connected), permission_denied
 */
export async function endConnection({ ctx, input }: { ctx: Ctx; input: z.input<typeof schema> }): Promise<{ sub: string; ended: number }> {
  await authorizeClient(ctx, { clientId: input.clientId, permission: 'tokens.revoke' })
  const { clientId, sub } = parseInput(schema, input)
  return transaction(async (tx) => {
    const { client } = await authorizeClient(ctx, { clientId, permission: 'tokens.revoke' }, tx)
    // What cannot be a sub never reaches the database: PostgreSQL answers a NUL with an error.
    const user = /^\d{1,20}$/.test(sub) ? await tx.user.findUnique({ where: { sub }, select: { id: true } }) : null
    const consent = user && (await endConsent(tx, { userId: user.id, sub, clientId: client.id }))
    if (!consent) throw new AppError('not_found', { message: 'There is no such connection.' })
    await recordAudit(tx, ctx, {
      action: 'consent.ended',
      teamId: client.teamId,
      target: { type: 'client', id: client.id },
      before: { sub, scopes: consent.scopes },
      after: { sub, tokensEnded: consent.ended },
    })
    return { sub, ended: consent.ended }
  })
}
