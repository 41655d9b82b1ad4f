import { db } from '#lib/db.ts'

/** `declined`: optional scopes that the person said no to. */
export type ConsentRecord = {
  id: string
  scopes: string[]
  declined: string[]
  /** Single claims beyond those of the scopes. */
  claims: string[]
  /** Scopes of resource servers: "IDENTIFIER SCOPE". */
  resourceScopes: string[]
}

/** What the user with this `sub` allowed this client; null when nothing, or no more. */
export async function findConsent(sub: string, clientId: string): Promise<ConsentRecord | null> {
  return db().consent.findFirst({
    where: { clientId, user: { sub } },
    select: { id: true, scopes: true, declined: true, claims: true, resourceScopes: true },
  })
}

/**
 * Notes that the user logged in to the client just now. False: they have taken the consent back meanwhile. Whoever takes it back removes it before
 * the families that stand on it, so that a family which was stored before this answered true is among them.
 */
export async function noteLogin(consentId: string): Promise<boolean> {
  return (await db().consent.updateMany({ where: { id: consentId }, data: { lastLoginAt: new Date() } })).count === 1
}
