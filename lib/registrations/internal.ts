import type { Ctx } from '#lib/context.ts'
import type { Prisma } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { hmac } from '#lib/secrets/index.ts'

/** What a scanner for leaked credentials may look for. */
export const PREFIX = 'xwr_'

export type RegistrationTokenDto = {
  id: string
  teamId: string
  label: string | null
  uses: number
  maxUses: number
  createdAt: string
  expiresAt: string
  revokedAt: string | null
}

export function registrationTokenDto(row: Prisma.RegistrationTokenGetPayload<object>): RegistrationTokenDto {
  const { id, teamId, label, uses, maxUses } = row
  return {
    id,
    teamId,
    label,
    uses,
    maxUses,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    revokedAt: row.revokedAt?.toISOString() ?? null,
  }
}

/** Letting software in is the installation's decision, not a team's. @throws AppError unauthenticated, permission_denied */
export function requireOperator({ actor }: Ctx): void {
  if (actor.kind === 'nobody') throw new AppError('unauthenticated')
  if (actor.kind !== 'system' && !(actor.kind === 'user' && actor.isOperator)) throw new AppError('permission_denied')
}

export function hashOf(value: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(hmac('registration-token', value))
}
