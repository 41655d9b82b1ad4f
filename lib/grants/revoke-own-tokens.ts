import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { type Db, transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { endUserTokens } from './end-tokens.ts'

/**
 * Ends every token of the acting person with every client, as a person may ask for when they change their password. Consents stay, so
 * logging in again asks nothing new. `tx`: the caller's transaction.
 * @throws AppError unauthenticated
 */
export async function revokeOwnTokens({ ctx }: { ctx: Ctx }, tx?: Db): Promise<{ revoked: number }> {
  const { actor } = ctx
  if (actor.kind !== 'user') throw new AppError('unauthenticated')
  const work = async (db: Db) => {
    const revoked = await endUserTokens(db, actor.sub)
    await recordAudit(db, ctx, {
      action: 'user.tokens_revoked',
      teamId: null,
      target: { type: 'user', id: actor.userId },
      after: { revoked },
    })
    return { revoked }
  }
  return tx ? work(tx) : transaction(work)
}
