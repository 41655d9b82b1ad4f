import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { parseInput } from '#lib/input.ts'
import { authorizeClient } from '#lib/teams/index.ts'
import { type SecretDto, secretDto } from './dto.ts'
import { findSecret, secretAudit } from './internal.ts'
import { type EditSecretInput, editSecretInput } from './schemas.ts'

/**
 * Gives a secret another label or expiry; what is left out stays. Needs `secrets.manage`.
 * @throws AppError unauthenticated, not_found, permission_denied, validation_failed, conflict (it no longer works)
 */
export async function editSecret({ ctx, input }: { ctx: Ctx; input: EditSecretInput }): Promise<SecretDto> {
  await authorizeClient(ctx, { clientId: input.clientId, permission: 'secrets.manage' })
  const parsed = parseInput(editSecretInput, input)
  return transaction(async (tx) => {
    const { client } = await authorizeClient(ctx, { clientId: parsed.clientId, permission: 'secrets.manage' }, tx, { lock: true })
    const old = await findSecret(tx, client, parsed.secretId)
    if (!old) throw new AppError('not_found', { message: 'There is no such secret.' })
    const before = secretDto(old)
    if (before.state === 'revoked' || before.state === 'expired')
      throw new AppError('conflict', { message: 'This secret no longer works.', params: { reason: 'secret_dead' } })

    const data = {
      label: 'label' in input ? (parsed.label ?? null) : old.label,
      expiresAt: parsed.expiresAt === undefined ? old.expiresAt : parsed.expiresAt,
    }
    if (data.label === old.label && data.expiresAt?.getTime() === old.expiresAt?.getTime()) return before
    const after = secretDto(await tx.clientSecret.update({ where: { id: old.id }, data, include: { domains: true } }))
    await recordAudit(tx, ctx, {
      action: 'secret.changed',
      teamId: client.teamId,
      target: { type: 'secret', id: old.id },
      before: secretAudit(client, before),
      after: secretAudit(client, after),
    })
    return after
  })
}
