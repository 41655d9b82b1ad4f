import { type KoaContextWithOIDC, Provider } from 'oidc-provider'
import { env } from '#lib/env.ts'
import { factsOf } from '#lib/request-facts.ts'
import type { SigningKeys } from '#lib/keys/index.ts'
import { log } from '#lib/log.ts'
import { installSecretComparison } from './client-auth.ts'
import { createConfiguration } from './configuration.ts'
import { endAccountSessionWithLogout } from './end-account-session.ts'
import { allowOfflineAccessByConsent } from './internals.ts'

/** The issuer identifier: `$PUBLIC_URL/oidc`. */
export function issuer(): string {
  return `${env().PUBLIC_URL}/oidc`
}

/** A provider that signs with these keys. Its JWKS is fixed; other keys take another provider. */
export function createProvider(keys: SigningKeys): Provider {
  const provider = new Provider(issuer(), createConfiguration(keys))
  // The listener has put what we know into the forwarding headers, over what the client sent.
  provider.proxy = true
  installSecretComparison(provider)
  allowOfflineAccessByConsent(provider)
  provider.use(endAccountSessionWithLogout)
  provider.on('server_error', (ctx: KoaContextWithOIDC, err: Error) => {
    log().error({ err, requestId: factsOf(ctx.req)?.requestId, route: ctx.oidc?.route }, 'provider error')
  })
  return provider
}
