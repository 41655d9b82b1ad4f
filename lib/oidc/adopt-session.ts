import type { KoaContextWithOIDC } from 'oidc-provider'
import type { AccountSession } from '#lib/accounts/index.ts'
import { accountSessionOf } from './account-session.ts'
import { acrOf } from './acr.ts'

/** A log-in of the account session, as the library's session keeps it: when and how it was made, and of which class it is. */
export function loginOf({ sub, authenticatedAt, amr }: AccountSession) {
  const acr = acrOf(amr)
  return { accountId: sub, ts: Math.floor(authenticatedAt.getTime() / 1000), amr, ...(acr ? { acr } : {}) }
}

/**
 * For `prompt=none`: takes a person who is logged in, but has not come to any client from this browser, for logged in (OpenID Connect Core
 * §3.1.2.1: an error only "if an End-User is not already Authenticated"). Other requests do so on the page of their interaction. Whether the log-in
 * will do (`max_age`, its class, test mode, the client's own limit) is for the policy to say, which comes next; one of somebody else than the request
 * is about stays as it was.
 */
export async function adoptAccountSession(ctx: KoaContextWithOIDC): Promise<void> {
  const { params, route, session } = ctx.oidc
  if (route !== 'authorization' || params?.prompt !== 'none' || !session || session.accountId) return
  const account = await accountSessionOf(ctx)
  if (!account || !subjectsOf(ctx).every((sub) => sub === account.sub)) return
  const { ts: loginTs, ...login } = loginOf(account)
  session.loginAccount({ ...login, loginTs })
  // As after every log-in: an id that somebody knew before is of no use.
  if (!(session as { new?: boolean }).new) session.resetIdentifier()
}

/** Whom the request says that it is about: by its hint, which the library verified, or by the claim that it wants (§5.5.1). */
function subjectsOf({ oidc }: KoaContextWithOIDC): unknown[] {
  const hint = (oidc.entities as { IdTokenHint?: { payload: { sub?: unknown } } }).IdTokenHint
  const claims = JSON.parse(String(oidc.params?.claims ?? '{}')) as { id_token?: { sub?: { value?: unknown } | null } }
  const wanted = claims.id_token?.sub?.value
  return [...(hint ? [hint.payload.sub] : []), ...(wanted === undefined ? [] : [wanted])]
}
