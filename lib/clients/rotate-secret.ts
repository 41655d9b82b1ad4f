import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { parseInput } from '#lib/input.ts'
import { authorizeClient } from '#lib/teams/index.ts'
import { type NewSecretDto, type SecretDto, secretDto } from './dto.ts'
import { findSecret, insertSecret, secretAudit } from './internal.ts'
import { OVERLAPS, type RotateSecretInput, rotateSecretInput } from './schemas.ts'

/**
 * Replaces a secret: makes a new one of the same mode, label and domains, and lets the old one live for the overlap, or not at all. Never
 * lengthens the old one's life. The new value is in this answer only. Needs `secrets.manage`.
 * @throws AppError unauthenticated, not_found, permission_denied, validation_failed, limit_reached, conflict (it no longer works)
 */
export async function rotateSecret({
  ctx,
  input,
}: {
  ctx: Ctx
  input: RotateSecretInput
}): Promise<{ secret: NewSecretDto; previous: SecretDto }> {
  await authorizeClient(ctx, { clientId: input.clientId, permission: 'secrets.manage' })
  const { clientId, secretId, overlap } = parseInput(rotateSecretInput, input)
  return transaction(async (tx) => {
    const { client } = await authorizeClient(ctx, { clientId, permission: 'secrets.manage' }, tx, { lock: true })
    const old = await findSecret(tx, client, secretId)
    if (!old) throw new AppError('not_found', { message: 'There is no such secret.' })
    const now = new Date()
    if (old.revokedAt || (old.expiresAt && old.expiresAt <= now)) {
      throw new AppError('conflict', { message: 'This secret no longer works: create a new one.', params: { reason: 'secret_dead' } })
    }
    const domainIds = old.domains.map(({ domainId }) => domainId)
    const made = { mode: old.mode, label: old.label ?? undefined, domainIds, replacesId: old.id }
    const secret = await insertSecret(tx, ctx, client, made)
    const ends = new Date(now.getTime() + OVERLAPS[overlap])
    const data = overlap === 'now' ? { revokedAt: now } : { expiresAt: old.expiresAt && old.expiresAt < ends ? old.expiresAt : ends }
    const previous = secretDto(await tx.clientSecret.update({ where: { id: old.id }, data, include: { domains: true } }))
    await recordAudit(tx, ctx, {
      action: 'secret.rotated',
      teamId: client.teamId,
      target: { type: 'secret', id: secret.id },
      before: { id: old.id, ...secretAudit(client, secretDto(old)) },
      after: { ...secretAudit(client, secret), overlap, previousEndsAt: (data.revokedAt ?? data.expiresAt ?? now).toISOString() },
    })
    return { secret, previous }
  })
}
