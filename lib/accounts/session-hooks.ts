import type { Db } from '#lib/db.ts'
import { peekSingleton, setSingleton } from '#lib/registry.ts'

export type SessionsEnded = { sub: string; sessionIds: string[] }
type Hook = (tx: Db, ended: SessionsEnded) => Promise<void>

const NAME = 'accounts.sessions-ended'

/**
 * Registers what else must happen when sessions of a person end, in the same transaction: lib/oidc ends its single sign-on.
 * A registration, because accounts may not import the provider. The last one counts.
 */
export function setSessionsEndedHook(hook: Hook): void {
  setSingleton(NAME, hook)
}

/** Tells the registered hook, if any. */
export async function onSessionsEnded(tx: Db, ended: SessionsEnded): Promise<void> {
  await peekSingleton<Hook>(NAME)?.(tx, ended)
}
