import type { Db } from '#lib/db.ts'
import { endUserTokens } from './end-tokens.ts'

/**
 * Ends what one user allowed one client, and every token that came of it, in the caller's transaction. Null: there was nothing. That
 * the client once knew them is kept: it then hears `consent_required`, where a stranger is unknown.
 */
export async function endConsent(
  tx: Db,
  { userId, sub, clientId }: { userId: string; sub: string; clientId: string },
): Promise<{ scopes: string[]; ended: number } | null> {
  const key = { userId_clientId: { userId, clientId } }
  const consent = await tx.consent.findUnique({ where: key, select: { scopes: true } })
  if (!consent) return null
  await tx.consent.delete({ where: key })
  await tx.endedConsent.upsert({ where: key, create: { userId, clientId }, update: { endedAt: new Date() } })
  return { scopes: consent.scopes, ended: await endUserTokens(tx, sub, clientId) }
}
