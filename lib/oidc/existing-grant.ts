import { errors, type Grant, type KoaContextWithOIDC } from 'oidc-provider'
import { isSessionAlive } from '#lib/accounts/index.ts'
import { type ConsentRecord, findConsent, noteLogin } from '#lib/grants/index.ts'
import { noteLogoutSession } from '#lib/logouts/index.ts'
import { accountSessionOf } from './account-session.ts'
import { CLAIMS } from './claims.ts'
import { checkRedirectUri } from './domain-rules.ts'
import { originOf } from './origin.ts'
import { requestState } from './request-state.ts'

/**
 * The grant of this authorization: a new one each time, from what the person has allowed the client before. So a family of tokens is
 * that of one authorization, and ending it touches no other; the consent it came from stays. It is stored with the code, not here: the
 * library asks for it before it knows whether the person has to be asked something, and then again.
 */
export async function loadExistingGrant(ctx: KoaContextWithOIDC): Promise<Grant | undefined> {
  const { account, client, provider } = ctx.oidc
  const state = requestState(ctx)
  const snapshot = client && state?.clients.get(client.clientId)
  if (!account || !client || !snapshot || !state) return undefined
  const consent = await findConsent(account.accountId, client.clientId)
  // Who declined everything is asked anew at the next log-in; now the answer stands.
  if (!consent || (consent.scopes.length === 0 && !ctx.oidc.result?.consent)) return undefined

  const redirectUri = originOf(ctx)
  const verdict = checkRedirectUri(snapshot, redirectUri)
  if (!verdict.ok) return undefined
  const accountSessionId = (await accountSessionOf(ctx))?.sessionId ?? null
  state.grantOrigin = {
    accountSessionId,
    redirectUri,
    domainId: verdict.domain?.id ?? null,
    mode: verdict.mode,
  }
  const grant = new provider.Grant({ accountId: account.accountId, clientId: client.clientId })
  // A scope that the client has lost since is not granted again from an old consent.
  grant.addOIDCScope(consent.scopes.filter((scope) => snapshot.scopes.includes(scope)).join(' '))
  // What they declined is not asked again, unless the client has come to require it.
  const declined = consent.declined.filter((scope) => snapshot.optional_scopes.includes(scope))
  if (declined.length > 0) grant.rejectOIDCScope(declined.join(' '))
  addClaims(ctx, grant, consent, snapshot.scopes)
  addResources(ctx, grant, consent)
  grant.jti = (grant as unknown as { generateTokenId(): string }).generateTokenId()
  state.unsavedGrant = {
    id: grant.jti,
    save: async () => {
      await noteForLogout(ctx, snapshot.backchannel_logout_uri)
      await grant.save()
      // Both are asked once it is there: who ends a log-in or takes a consent back ends the families that they find then.
      const [alive, allowed] = await Promise.all([accountSessionId === null || isSessionAlive(accountSessionId), noteLogin(consent.id)])
      if (alive && allowed) return
      await grant.destroy()
      throw new errors.AccessDenied(alive ? 'the consent was taken back' : 'the log-in has ended')
    },
  }
  return grant
}

/**
 * Single claims that were asked for and allowed. Those of scopes that the client does not have are not for it, whoever allows them: they
 * are left out without asking.
 */
function addClaims(ctx: KoaContextWithOIDC, grant: Grant, consent: ConsentRecord, scopes: string[]): void {
  const asked = [...ctx.oidc.requestParamClaims]
  if (asked.length === 0) return
  const own = new Set(Object.entries(CLAIMS).flatMap(([scope, claims]) => (scopes.includes(scope) ? claims : [])))
  const granted = asked.filter((claim) => own.has(claim) && consent.claims.includes(claim))
  const refused = asked.filter((claim) => !own.has(claim) && !PROTOCOL_CLAIMS.has(claim))
  if (granted.length > 0) grant.addOIDCClaims(granted)
  if (refused.length > 0) grant.rejectOIDCClaims(refused)
}

/** Claims about the log-in itself, which nobody allows or declines. */
const PROTOCOL_CLAIMS = new Set(['sub', 'sid', 'auth_time', 'acr', 'amr', 'iss'])

/** Scopes of the resource servers that this request names, as far as they were allowed. */
function addResources(ctx: KoaContextWithOIDC, grant: Grant, consent: ConsentRecord): void {
  for (const [identifier, server] of Object.entries(ctx.oidc.resourceServers ?? {})) {
    const allowed = (server.scope ?? '').split(' ').filter((scope) => consent.resourceScopes.includes(`${identifier} ${scope}`))
    if (allowed.length > 0) grant.addResourceScope(identifier, allowed.join(' '))
  }
}

/** A client that wants to hear of log-outs hears of this log-in's end, by the `sid` that its id tokens carry. */
async function noteForLogout(ctx: KoaContextWithOIDC, uri: string | null): Promise<void> {
  const { account, client, session } = ctx.oidc
  const accountSessionId = requestState(ctx)?.grantOrigin?.accountSessionId
  if (!uri || !accountSessionId || !session || !client || !account) return
  session.ensureClientContainer(client.clientId)
  const sid = session.sidFor(client.clientId)
  if (sid) await noteLogoutSession({ sid, accountSessionId, clientId: client.clientId, sub: account.accountId })
}
