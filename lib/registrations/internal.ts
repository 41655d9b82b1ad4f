import type { Prisma } from '#lib/db.ts'
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

export function hashOf(value: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(hmac('registration-token', value))
}
