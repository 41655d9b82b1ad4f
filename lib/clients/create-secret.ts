import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { parseInput } from '#lib/input.ts'
import { authorizeClient } from '#lib/teams/index.ts'
import type { NewSecretDto } from './dto.ts'
import { insertSecret, secretAudit } from './internal.ts'
import { type CreateSecretInput, createSecretInput } from './schemas.ts'

/**
 * Makes another secret for a confidential client; the others keep working. Its value is in this answer only. Needs `secrets.manage`.
 * @throws AppError unauthenticated, not_found, permission_denied, validation_failed, limit_reached, conflict (public client)
 */
export async function createSecret({ ctx, input }: { ctx: Ctx; input: CreateSecretInput }): Promise<NewSecretDto> {
  await authorizeClient(ctx, { clientId: input.clientId, permission: 'secrets.manage' })
  const { clientId, mode, label, expiresAt } = parseInput(createSecretInput, input)
  return transaction(async (tx) => {
    const { client } = await authorizeClient(ctx, { clientId, permission: 'secrets.manage' }, tx, { lock: true })
    if (client.type === 'public') {
      throw new AppError('conflict', { message: 'A public client has no secrets.', params: { reason: 'public_client' } })
    }
    const secret = await insertSecret(tx, ctx, client, { mode, label, expiresAt })
    await recordAudit(tx, ctx, {
      action: 'secret.created',
      teamId: client.teamId,
      target: { type: 'secret', id: secret.id },
      after: secretAudit(client, secret),
    })
    return secret
  })
}
