import type { Provider } from 'oidc-provider'
import { queueClientLogout } from '#lib/logouts/index.ts'

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
