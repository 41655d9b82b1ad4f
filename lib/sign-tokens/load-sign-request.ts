import { mayTest } from '#lib/connections/index.ts'
import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { findConsent } from '#lib/grants/index.ts'
import { askedScopes, findOpenRequest, type SignRow } from './internal.ts'
import { ANSWER_MS } from './tokens.ts'

/** What a person is asked, as the page needs it. */
export type SignView = {
  client: { id: string; name: string; logoUri: string | null; host: string | null; verified: boolean }
  mode: 'test' | 'live'
  /** Scopes asked for; `newScopes` are those not allowed before. */
  scopes: string[]
  newScopes: string[]
  /** Those of `newScopes` that the person may decline. */
  optional: { name: string; declined: boolean }[]
  /** The address that the client expects. */
  email: string | null
  redirectUri: string
  /** What is missing before the person can go back; `nothing`: they have allowed all of it before. */
  needs: 'login' | 'test_mode' | 'consent' | 'nothing'
}

/** The log-in of a start token as the acting person sees it, or null when it is over. The first to open it gives it more time. */
export async function loadSignRequest({ ctx, input }: { ctx: Ctx; input: { token: string } }): Promise<SignView | null> {
  const row = await findOpenRequest(input.token)
  if (!row) return null
  if (!row.openedAt) await giveTime(row)
  return viewOf(ctx, row)
}

/** {@link loadSignRequest} of a row in hand. */
export async function viewOf({ actor }: Ctx, row: SignRow): Promise<SignView> {
  const { client, domain } = row
  const scopes = askedScopes(row)
  const view: SignView = {
    client: { id: client.id, name: client.name, logoUri: client.logoUri, host: domain?.host ?? null, verified: domain?.verifiedAt != null },
    mode: row.mode,
    scopes,
    newScopes: scopes,
    optional: [],
    email: row.email,
    redirectUri: row.redirectUri,
    needs: 'login',
  }
  if (actor.kind !== 'user') return view
  const ref = { clientId: client.id, teamId: client.teamId }
  if (row.mode === 'test' && !(await mayTest(ref, actor.userId))) return { ...view, needs: 'test_mode' }
  const consent = await findConsent(actor.sub, client.id)
  const optional = new Set(client.scopes.filter((scope) => scope.optional).map(({ scopeName }) => scopeName))
  const declined = (scope: string) => optional.has(scope) && consent?.declined.includes(scope) === true
  // Who allowed nothing at all is asked again: there is nothing to go on with.
  const settled = (scope: string) => consent !== null && consent.scopes.length > 0 && (consent.scopes.includes(scope) || declined(scope))
  const newScopes = scopes.filter((scope) => !settled(scope))
  const offered = newScopes.filter((scope) => optional.has(scope)).map((name) => ({ name, declined: declined(name) }))
  return { ...view, newScopes, optional: offered, needs: consent && newScopes.length === 0 ? 'nothing' : 'consent' }
}

async function giveTime({ startHash }: SignRow): Promise<void> {
  const now = new Date()
  await db().signToken.updateMany({
    where: { startHash, openedAt: null },
    data: { openedAt: now, expiresAt: new Date(now.getTime() + ANSWER_MS) },
  })
}
