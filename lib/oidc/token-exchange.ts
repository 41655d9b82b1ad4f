import { errors, type KoaContextWithOIDC, type Provider } from 'oidc-provider'
import { accountBySub } from './claims.ts'
import { checkLoginDomain } from './domain-rules.ts'
import { requestState } from './request-state.ts'
import { getResourceServerInfo } from './resource-servers.ts'
import { TOKEN_EXCHANGE } from './store/client-metadata.ts'
import { type ClientSnapshot, loadClientSnapshot, mayTest } from './store/client-snapshot.sql.ts'
import { hashId } from './store/hash-id.ts'

const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token'
const PARAMETERS = ['subject_token', 'subject_token_type', 'requested_token_type', 'actor_token', 'audience', 'resource', 'scope']

type Params = Partial<Record<string, string>>
type Subject = InstanceType<Provider['AccessToken']>

/** Adds token exchange (RFC 8693): a client turns an access token that another client of its team was given into one of its own. */
export function registerTokenExchange(provider: Provider): void {
  provider.registerGrantType(TOKEN_EXCHANGE, exchange, PARAMETERS, [])
}

async function exchange(ctx: KoaContextWithOIDC): Promise<void> {
  const { client, provider } = ctx.oidc
  const state = requestState(ctx)
  const acting = client && state?.clients.get(client.clientId)
  const params = (ctx.oidc.params ?? {}) as Params
  if (!client || !acting || !state) throw new errors.InvalidClient('client not found')
  if (client.clientAuthMethod === 'none') {
    throw new errors.CustomOIDCProviderError('unauthorized_client', 'a public client may not exchange tokens')
  }
  // A bound token would have to be made here with the library's insides; whoever requires that gets none rather than a bearer token.
  if (acting.require_dpop || ctx.get('dpop')) throw new errors.InvalidRequest('DPoP is not supported with token exchange')

  const subject = await findSubject(provider, params, acting)
  const origin = await assertUsable(subject, acting, ctx)
  const server = await targetOf(ctx, params)
  const scopes = scopesOf(params, subject, server ? server.scopes : acting.scopes)

  const exp = subject.exp ?? 0
  const before = (subject as { extra?: { act?: object } }).extra?.act
  state.exchange = {
    // Who acted before stays visible (RFC 8693 §4.1).
    act: { sub: client.clientId, ...(before ? { act: before } : {}) },
    longest: exp - Math.floor(Date.now() / 1000),
  }
  state.grantOrigin = origin
  const accountId = String(subject.accountId)
  const grant = new provider.Grant({ accountId, clientId: client.clientId })
  if (server) grant.addResourceScope(server.identifier, scopes.join(' '))
  else grant.addOIDCScope(scopes.join(' '))
  const grantId = await grant.save()

  const token = new provider.AccessToken({ accountId, client, grantId, gty: 'token_exchange' } as never)
  if (server) token.resourceServer = new provider.ResourceServer(server.identifier, server.info)
  token.scope = scopes.join(' ')
  ctx.oidc.entity('AccessToken', token)
  const value = await token.save()
  ctx.body = {
    access_token: value,
    issued_token_type: ACCESS_TOKEN,
    token_type: token.tokenType,
    expires_in: token.expiration,
    scope: token.scope || undefined,
  }
}

/** The living token that is to be exchanged, of a client that the owner named. One answer for all that is wrong with it. */
async function findSubject(provider: Provider, params: Params, acting: ClientSnapshot): Promise<Subject> {
  if (!params.subject_token) throw new errors.InvalidRequest('subject_token is required')
  if (params.subject_token_type !== ACCESS_TOKEN) throw new errors.InvalidRequest(`subject_token_type must be ${ACCESS_TOKEN}`)
  if (params.requested_token_type && params.requested_token_type !== ACCESS_TOKEN) {
    throw new errors.InvalidRequest(`requested_token_type must be ${ACCESS_TOKEN}`)
  }
  if (params.actor_token) throw new errors.InvalidRequest('actor_token is not supported: the client acts')
  const found = await provider.AccessToken.find(params.subject_token)
  const mine = found?.isValid && found.clientId && acting.exchange_sources.includes(found.clientId)
  if (!found || !mine || !found.accountId || !found.grantId) throw new errors.InvalidRequest('subject_token cannot be exchanged')
  if (found.isSenderConstrained()) throw new errors.InvalidRequest('subject_token is bound to a key')
  return found
}

/** The rules of the domain that the person logged in on hold here too, and the new family hangs on the old one. */
async function assertUsable(subject: Subject, acting: ClientSnapshot, ctx: KoaContextWithOIDC) {
  const state = requestState(ctx)
  const refuse = (why: string): never => {
    throw new errors.CustomOIDCProviderError('invalid_request', why)
  }
  const grantId = String(subject.grantId)
  if (!(await ctx.oidc.provider.Grant.find(grantId))) return refuse('subject_token cannot be exchanged')
  const from = state?.grantsRead.get(grantId)
  const owner = await loadClientSnapshot(String(subject.clientId))
  if (!from?.redirectUri || !owner || owner.team_id !== acting.team_id) return refuse('subject_token cannot be exchanged')
  const verdict = checkLoginDomain(owner, from.domainId, from.redirectUri)
  if (!verdict.ok) return refuse('the domain of the subject token does not allow it now')
  if (state?.secret && state.secret.mode !== verdict.mode)
    return refuse(`a ${state.secret.mode} secret cannot be used for a ${verdict.mode} domain`)
  const sub = String(subject.accountId)
  if (!(await accountBySub(sub)) || (verdict.mode === 'test' && !(await mayTest(owner, sub)))) return refuse('the person may not log in')
  return {
    accountSessionId: from.accountSessionId,
    redirectUri: from.redirectUri,
    // The domain is the other client's: this one's rules know no such place.
    domainId: null,
    mode: verdict.mode,
    parent: hashId('Grant', grantId),
  }
}

/** The resource server that the token is for, by `resource` or `audience`; at most one. */
async function targetOf(ctx: KoaContextWithOIDC, { resource, audience }: Params) {
  const named = [...new Set([resource, audience].flat().filter((value): value is string => typeof value === 'string' && value !== ''))]
  if (named.length > 1) throw new errors.InvalidTarget('only one resource is supported')
  const [identifier] = named
  if (!identifier || !ctx.oidc.client) return null
  const info = await getResourceServerInfo(ctx, identifier, ctx.oidc.client)
  return { identifier, info, scopes: (info.scope ?? '').split(' ').filter(Boolean) }
}

/** Never more than the subject token has, and of those what the target knows. @throws errors.InvalidScope */
function scopesOf(params: Params, subject: Subject, known: string[]): string[] {
  const has = new Set(subject.scope?.split(' ') ?? [])
  const asked = params.scope?.split(' ').filter(Boolean)
  const beyond = asked?.find((scope) => !has.has(scope) || !known.includes(scope))
  if (beyond) throw new errors.InvalidScope('the subject token does not have this scope', beyond)
  // A log-in's refresh is not part of what is handed on.
  return (asked ?? [...has].filter((scope) => known.includes(scope))).filter((scope) => scope !== 'offline_access')
}
