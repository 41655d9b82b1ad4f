import { db, pool } from '#lib/db.ts'
import { hashOf, PREFIX } from './internal.ts'

export type UsableRegistrationToken = { id: string; teamId: string; createdAt: Date; expiresAt: Date }

/** The initial access token with this value, if it can be used now. */
export async function findRegistrationToken(value: string): Promise<UsableRegistrationToken | null> {
  if (!value.startsWith(PREFIX) || value.length > 100) return null
  const row = await db().registrationToken.findUnique({ where: { tokenHash: hashOf(value) } })
  if (!row || row.revokedAt || row.expiresAt <= new Date() || row.uses >= row.maxUses) return null
  return { id: row.id, teamId: row.teamId, createdAt: row.createdAt, expiresAt: row.expiresAt }
}

/** Takes one of its uses; false when there is none left. Exactly as many succeed as it has, on any number of processes. */
export async function takeRegistration(id: string): Promise<boolean> {
  const { rowCount } = await pool().query(
    'UPDATE registration_tokens SET uses = uses + 1 WHERE id = $1 AND uses < max_uses AND revoked_at IS NULL AND expires_at > now()',
    [id],
  )
  return rowCount === 1
}

/** Gives a use back: nothing was registered. */
export async function giveBackRegistration(id: string): Promise<void> {
  await pool().query('UPDATE registration_tokens SET uses = uses - 1 WHERE id = $1 AND uses > 0', [id])
}
