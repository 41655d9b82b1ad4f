import { type KoaContextWithOIDC, Provider } from 'oidc-provider'
import { queueClientLogout } from '#lib/logouts/index.ts'
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
