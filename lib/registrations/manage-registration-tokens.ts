import { recordAudit } from '#lib/audit/index.ts'
import { authorizeOperator } from '#lib/authorize-operator.ts'
import type { Ctx } from '#lib/context.ts'
import { db, transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { type RegistrationTokenDto, registrationTokenDto } from './internal.ts'

/** The newest initial access tokens of a team, used and revoked ones included. Operators and the system only. @throws AppError unauthenticated, not_found */
export async function listRegistrationTokens({ ctx, input }: { ctx: Ctx; input: { teamId: string } }): Promise<RegistrationTokenDto[]> {
  authorizeOperator(ctx)
  const rows = await db().registrationToken.findMany({ where: { teamId: input.teamId }, orderBy: { createdAt: 'desc' }, take: 100 })
  return rows.map(registrationTokenDto)
}

/** Ends an initial access token; the clients it registered stay. Operators and the system only. @throws AppError unauthenticated, not_found */
export async function revokeRegistrationToken({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<RegistrationTokenDto> {
  authorizeOperator(ctx)
  return transaction(async (tx) => {
    const before = await tx.registrationToken.findUnique({ where: { id: input.id } })
    if (!before) throw new AppError('not_found', { message: 'There is no such registration token.' })
    if (before.revokedAt) return registrationTokenDto(before)
    const row = await tx.registrationToken.update({ where: { id: before.id }, data: { revokedAt: new Date() } })
    const target = { type: 'registration_token', id: row.id }
    await recordAudit(tx, ctx, { action: 'registration_token.revoked', teamId: row.teamId, target })
    return registrationTokenDto(row)
  })
}
