import { decodeJwt, decodeProtectedHeader } from 'jose'
import { type KoaContextWithOIDC, Provider } from 'oidc-provider'
import { ID_TOKEN_ALGORITHMS } from '#lib/clients/index.ts'
import { queueClientLogout } from '#lib/logouts/index.ts'
import { requestState } from './request-state.ts'
import { sessionCookie } from './session-cookie.ts'
import { SESSION_TTL } from './ttl.ts'

// Everything that leans on oidc-provider's insides is in this file, to have one place to look at when upgrading.

type OidcContext = { params?: { scope?: unknown; prompt?: unknown } }

/** Answers `has('consent')` although it is not a member, so that iterating (what is still pending) does not see it. */
class PromptsWithStandingConsent extends Set<string> {
  override has(name: string): boolean {
    return name === 'consent' || super.has(name)
  }
}

/**
 * Lets `offline_access` be asked for without `prompt=consent`. OpenID Connect Core §11 wants that prompt "unless other conditions for
 * processing the request permitting offline access are in place"; here they always are: the consent page names it, and the consent
 * is stored and can be taken back. The library drops the scope when `prompts` lacks `consent`.
 */
export function allowOfflineAccessByConsent(provider: Provider): void {
  const context = (provider as unknown as { OIDCContext: { prototype: object } }).OIDCContext
  const inherited = Object.getOwnPropertyDescriptor(context.prototype, 'prompts')?.get
  if (!inherited) throw new Error('oidc-provider: OIDCContext.prompts is gone')
  Object.defineProperty(context.prototype, 'prompts', {
    configurable: true,
    get(this: OidcContext) {
      const prompts = inherited.call(this) as Set<string>
      const scope = this.params?.scope
      const offline = typeof scope === 'string' && scope.split(' ').includes('offline_access')
      return offline ? new PromptsWithStandingConsent(prompts) : prompts
    },
  })
}

const BODY = Symbol('body')
type WithBody = { ctx: object; [BODY]?: unknown }

/**
 * Puts the public client that named itself by HTTP Basic into the body, when the library has read it and not looked at it yet. Another name there makes
 * it two, which is refused.
 */
export function nameClientInBody(provider: Provider): void {
  const context = (provider as unknown as { OIDCContext: { prototype: object } }).OIDCContext
  Object.defineProperty(context.prototype, 'body', {
    configurable: true,
    get(this: WithBody) {
      return this[BODY]
    },
    set(this: WithBody, body: { client_id?: unknown } | undefined) {
      const name = requestState(this.ctx)?.nameOfBasic
      if (name !== undefined && body && body.client_id !== name)
        body.client_id = body.client_id === undefined ? name : [body.client_id, name].flat()
      this[BODY] = body
    },
  })
}

type LogoutPrototype = { clientId: string; backchannelLogout(sub: string, sid: string): Promise<void> }

/** The library would send log-out tokens once, while the person waits; ours go through an outbox and are tried again. */
export function queueBackchannelLogouts(provider: Provider): void {
  const prototype = provider.Client.prototype as unknown as LogoutPrototype
  prototype.backchannelLogout = async function backchannelLogout(sub: string, sid: string): Promise<void> {
    await queueClientLogout({ clientId: this.clientId, sub, sid })
  }
}

type SessionPrototype = {
  id: string
  exp?: number
  save(ttl: number): Promise<unknown>
  persist(): Promise<unknown>
}

/**
 * The pages of the device flow are shown again with an error after the library has let go of the session, and carry a secret that stands in it. A
 * session that began with this very request was not kept by then, and the library throws: it is kept here, with its cookie.
 */
export function keepNewSessions(provider: Provider): void {
  const prototype = provider.Session.prototype as unknown as SessionPrototype
  const inherited = prototype.persist
  prototype.persist = async function persist(): Promise<unknown> {
    const ctx = Provider.ctx as KoaContextWithOIDC | undefined
    if (typeof this.exp === 'number' || !ctx) return inherited.call(this)
    const expires = new Date(Date.now() + SESSION_TTL * 1000)
    ctx.oidc.cookies.set(provider.cookieName('session'), this.id, { ...sessionCookie(), expires } as object)
    return this.save(SESSION_TTL)
  }
}

/** Where a request object may come along (RFC 9101, RFC 9126, RFC 8628 with it). */
const REQUEST_OBJECT_ROUTES = new Set(['authorization', 'pushed_authorization_request', 'device_authorization'])
/** No JWT. */
const UNREADABLE = '.'

type Entities = {
  route: string
  params?: { request?: unknown }
  body?: { request?: unknown }
  entity(key: string, value: unknown): void
}

/**
 * Refuses request objects with a claim that cannot be made a text, such as `{"toString": 1}`, as `invalid_request_object` (RFC 9101 §6.2). The library
 * makes texts of all claims before it verifies anything, and would throw a TypeError, which is a server error. Such an object is exchanged for one that
 * cannot be read when the client is known, the last that happens before; a client that must authenticate still has to.
 */
export function refuseClaimsWithoutText(provider: Provider): void {
  const { prototype } = (provider as unknown as { OIDCContext: { prototype: Entities } }).OIDCContext
  const inherited = prototype.entity
  prototype.entity = function entity(key: string, value: unknown): void {
    if (key === 'Client' && REQUEST_OBJECT_ROUTES.has(this.route)) {
      for (const sent of [this.params, this.body]) {
        if (typeof sent?.request === 'string' && hasClaimWithoutText(sent.request)) sent.request = UNREADABLE
      }
    }
    inherited.call(this, key, value)
  }
}

function hasClaimWithoutText(jwt: string): boolean {
  let claims: unknown[]
  try {
    claims = Object.values(decodeJwt(jwt))
  } catch {
    // The library says so itself.
    return false
  }
  try {
    claims.map(String)
    return false
  } catch {
    return true
  }
}

type HintedClient = { clientId: string; idTokenSignedResponseAlg: string }
type IdTokenModel = { validate(jwt: string, client: HintedClient): Promise<unknown> }

/**
 * Takes as `id_token_hint` what any of our keys signed for the client (OpenID Connect Core §3.1.2.1: an ID token that this server issued), whatever the
 * client's algorithm is now: the library wants the present one, and who changes it could not log out anybody who logged in before.
 */
export function acceptHintsOfFormerAlgorithms(provider: Provider): void {
  const model = provider.IdToken as unknown as IdTokenModel
  const inherited = model.validate
  model.validate = async function validate(jwt: string, { clientId, idTokenSignedResponseAlg: present }: HintedClient): Promise<unknown> {
    const { alg } = decodeProtectedHeader(jwt)
    return inherited.call(this, jwt, { clientId, idTokenSignedResponseAlg: ID_TOKEN_ALGORITHMS.find((one) => one === alg) ?? present })
  }
}
