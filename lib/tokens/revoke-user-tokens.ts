import type * as z from 'zod'
import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { endUserTokens } from '#lib/grants/index.ts'
import { parseInput } from '#lib/input.ts'
import { authorizeClient } from '#lib/teams/index.ts'
import { revokeUserTokensInput } from './schemas.ts'

type Args = { ctx: Ctx; input: z.input<typeof revokeUserTokensInput> }

/**
 * Ends every token that one person has with a client: they log in again, their consent stays. Needs `tokens.revoke`.
 * @throws AppError unauthenticated, not_found (also when there is none), permission_denied
 */
export async function revokeUserTokens({ ctx, input }: Args): Promise<{ sub: string; ended: number }> {
  await authorizeClient(ctx, { clientId: input.clientId, permission: 'tokens.revoke' })
  const { clientId, sub } = parseInput(revokeUserTokensInput, input)
  return transaction(async (tx) => {
    const { client } = await authorizeClient(ctx, { clientId, permission: 'tokens.revoke' }, tx)
    const ended = /^\d{1,20}$/.test(sub) ? await endUserTokens(tx, sub, client.id) : 0
    if (ended === 0) throw new AppError('not_found', { message: 'There is no such token any more.' })
    await recordAudit(tx, ctx, {
      action: 'client.user_tokens_revoked',
      teamId: client.teamId,
      target: { type: 'client', id: client.id },
      after: { sub, revoked: ended },
    })
    return { sub, ended }
  })
}
