import type * as z from 'zod'
import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { parseInput } from '#lib/input.ts'
import { authorizeClient } from '#lib/teams/index.ts'
import { type SecretDto, secretDto } from './dto.ts'
import { findSecret, secretAudit } from './internal.ts'
import { secretRef } from './schemas.ts'

/**
 * Ends a secret at once and for ever; tokens that it got live out their minutes. Doing it twice is the same. Needs `secrets.manage`.
 * @throws AppError unauthenticated, not_found, permission_denied
 */
export async function revokeSecret({ ctx, input }: { ctx: Ctx; input: z.input<typeof secretRef> }): Promise<SecretDto> {
  await authorizeClient(ctx, { clientId: input.clientId, permission: 'secrets.manage' })
  const { clientId, secretId } = parseInput(secretRef, input)
  return transaction(async (tx) => {
    const { client } = await authorizeClient(ctx, { clientId, permission: 'secrets.manage' }, tx, { lock: true })
    const old = await findSecret(tx, client, secretId)
    if (!old) throw new AppError('not_found', { message: 'There is no such secret.' })
    if (old.revokedAt) return secretDto(old)
    const data = { revokedAt: new Date() }
    const secret = secretDto(await tx.clientSecret.update({ where: { id: old.id }, data, include: { domains: true } }))
    await recordAudit(tx, ctx, {
      action: 'secret.revoked',
      teamId: client.teamId,
      target: { type: 'secret', id: old.id },
      before: secretAudit(client, secretDto(old)),
    })
    return secret
  })
}
