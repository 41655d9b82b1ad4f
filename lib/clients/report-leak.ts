import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { type Db, transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { endClientTokens } from '#lib/grants/index.ts'
import { parseInput } from '#lib/input.ts'
import { authorizeClient } from '#lib/teams/index.ts'
import { setClientStatus } from './client-status.ts'
import { secretDto } from './dto.ts'
import { findSecret, secretAudit } from './internal.ts'
import { type ReportLeakInput, reportLeakInput } from './schemas.ts'

/** What was done about a leaked secret. */
export type LeakReport = { hint: string; wasRevoked: boolean; tokens: number; disabled: boolean }

/**
 * The one step for a secret that leaked: revokes it, ends every token that the client was issued, and if asked suspends the client; all
 * of it or nothing. People who were logged in log in again, their consents stay. Needs `secrets.manage` and `tokens.revoke`, and
 * `clients.update` to suspend.
 * @throws AppError unauthenticated, not_found, permission_denied, validation_failed
 */
export async function reportLeak({ ctx, input }: { ctx: Ctx; input: ReportLeakInput }): Promise<LeakReport> {
  await authorizeAll(ctx, input.clientId, input.disableClient === true)
  const { clientId, secretId, disableClient } = parseInput(reportLeakInput, input)
  return transaction(async (tx) => {
    const client = await authorizeAll(ctx, clientId, disableClient, tx)
    const secret = await findSecret(tx, client, secretId)
    if (!secret) throw new AppError('not_found', { message: 'There is no such secret.' })
    if (!secret.revokedAt) await tx.clientSecret.update({ where: { id: secret.id }, data: { revokedAt: new Date() } })
    const tokens = await endClientTokens(tx, client.id)
    await recordAudit(tx, ctx, {
      action: 'secret.leaked',
      teamId: client.teamId,
      target: { type: 'secret', id: secret.id },
      before: secretAudit(client, secretDto(secret)),
      after: { client: client.id, revoked: true, tokensEnded: tokens, clientDisabled: disableClient },
    })
    if (disableClient) await setClientStatus(tx, ctx, client, 'disabled')
    return { hint: secret.hint, wasRevoked: secret.revokedAt !== null, tokens, disabled: disableClient }
  })
}

async function authorizeAll(ctx: Ctx, clientId: string, disable: boolean, tx?: Db) {
  const lock = tx !== undefined
  const { client } = await authorizeClient(ctx, { clientId, permission: 'secrets.manage' }, tx, { lock })
  await authorizeClient(ctx, { clientId, permission: 'tokens.revoke' }, tx)
  if (disable) await authorizeClient(ctx, { clientId, permission: 'clients.update' }, tx)
  return client
}
