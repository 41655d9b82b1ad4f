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

/** Notes that the user logged in to the client just now. */
export async function noteLogin(consentId: string): Promise<void> {
  await db().consent.updateMany({ where: { id: consentId }, data: { lastLoginAt: new Date() } })
}
