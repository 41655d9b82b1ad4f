import type { Db } from '#lib/db.ts'
import { moveLogoutSessions, queueLogouts } from '#lib/logouts/index.ts'

/** Ends every token, code, grant and pending request of a client, in the caller's transaction. Returns how many there were. */
export async function endClientTokens(tx: Db, clientId: string): Promise<number> {
  const { count } = await tx.oidcArtifact.deleteMany({ where: { clientId } })
  const signTokens = await tx.signToken.deleteMany({ where: { clientId } })
  return count + signTokens.count
}

/** Ends the tokens that a client got for itself, by client credentials. */
export async function endApplicationTokens(tx: Db, clientId: string): Promise<number> {
  return (await tx.oidcArtifact.deleteMany({ where: { clientId, kind: 'ClientCredentials' } })).count
}

/** How many tokens of a client are active: what disabling or deleting it would stop. */
export async function countClientTokens(tx: Db, clientId: string): Promise<number> {
  const kinds = ['AccessToken', 'RefreshToken', 'ClientCredentials']
  return tx.oidcArtifact.count({ where: { clientId, kind: { in: kinds }, consumedAt: null, expiresAt: { gt: new Date() } } })
}

/** Ends everything that one user (`sub`) has with one client, or with all clients. */
export async function endUserTokens(tx: Db, sub: string, clientId?: string): Promise<number> {
  const { count } = await tx.oidcArtifact.deleteMany({
    where: { accountId: sub, clientId: clientId ?? { not: null } },
  })
  return count
}

/**
 * Ends the families that were authorized from these account sessions: logging out ends what came of the log-in, the consent stays, and
 * clients that want to hear of it are told.
 * Only grants carry the session; without its grant no token of a family is found any more, and the rows go when they expire.
 */
export async function endSessionTokens(tx: Db, sessionIds: string[]): Promise<number> {
  if (sessionIds.length === 0) return 0
  await queueLogouts(tx, sessionIds)
  const { count } = await tx.oidcArtifact.deleteMany({ where: { accountSessionId: { in: sessionIds } } })
  return count
}

/** Hands the families of one account session to the next of the same person, so that ending that one ends them. */
export async function moveSessionTokens(tx: Db, from: string, to: string): Promise<void> {
  await tx.oidcArtifact.updateMany({ where: { accountSessionId: from }, data: { accountSessionId: to } })
  await moveLogoutSessions(tx, from, to)
}
