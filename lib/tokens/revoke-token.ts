import type * as z from 'zod'
import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { parseInput } from '#lib/input.ts'
import { authorizeClient } from '#lib/teams/index.ts'
import { readReference } from './reference.ts'
import { revokeTokenInput } from './schemas.ts'

/**
 * Ends one authorization with all its tokens, or one token of the application itself: the very next use is refused. The consent stays.
 * Needs `tokens.revoke`.
 * @throws AppError unauthenticated, not_found (also when it has ended already), permission_denied
 */
export async function revokeToken({ ctx, input }: { ctx: Ctx; input: z.input<typeof revokeTokenInput> }): Promise<{ ended: number }> {
  await authorizeClient(ctx, { clientId: input.clientId, permission: 'tokens.revoke' })
  const { clientId, reference } = parseInput(revokeTokenInput, input)
  const hash = readReference(clientId, reference)
  if (!hash) throw gone()
  const idHash = new Uint8Array(hash)
  return transaction(async (tx) => {
    const { client } = await authorizeClient(ctx, { clientId, permission: 'tokens.revoke' }, tx)
    const where = { idHash, clientId: client.id, kind: { in: ['Grant', 'ClientCredentials'] } }
    const row = await tx.oidcArtifact.findFirst({ where, select: { kind: true, accountId: true } })
    if (!row) throw gone()
    // The grant first: without it nothing of the family is found any more.
    await tx.oidcArtifact.deleteMany({ where })
    const { count } = await tx.oidcArtifact.deleteMany({ where: { grantHash: idHash } })
    const ended = row.kind === 'Grant' ? count : 1
    await recordAudit(tx, ctx, {
      action: 'client.token_revoked',
      teamId: client.teamId,
      target: { type: 'client', id: client.id },
      after: { ...(row.accountId ? { sub: row.accountId } : { only: 'client_credentials' }), revoked: ended },
    })
    return { ended }
  })
}

function gone(): AppError {
  return new AppError('not_found', { message: 'There is no such token any more.' })
}
