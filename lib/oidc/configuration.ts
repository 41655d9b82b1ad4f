import { type Client, type Configuration, errors, type KoaContextWithOIDC } from 'oidc-provider'
import { ID_TOKEN_ALGORITHMS } from '#lib/clients/index.ts'
import { LOCALES } from '#lib/i18n/index.ts'
import type { SigningKeys } from '#lib/keys/index.ts'
import { subkey } from '#lib/secrets/index.ts'
import { ACR_VALUES } from './acr.ts'
import { adoptAccountSession } from './adopt-session.ts'
import { CLIENT_ALGORITHMS } from './algorithms.ts'
import { assertSomethingAsked } from './asked-scope.ts'
import { CLOCK_TOLERANCE, checkClientAssertion, checkRequestObject } from './assertions.ts'
import { accountBySub, CLAIMS, OTHER_SCOPES } from './claims.ts'
import { loadExistingGrant } from './existing-grant.ts'
import { assertFamilyUsable } from './family-rules.ts'
import { mayIntrospect } from './introspection.ts'
import { outgoingFetch } from './outgoing-fetch.ts'
import { confirmDevicePage, deviceDonePage, userCodePage } from './pages/device.ts'
import { errorPage } from './pages/error.ts'
import { loggedOutPage, logoutPage } from './pages/logout.ts'
import { createPolicy } from './policy.ts'
import { answerAgain, beginRefresh, noteRefresh } from './refresh-replay.ts'
import { registrationFeature } from './registration.ts'
import { requestState } from './request-state.ts'
import { getResourceServerInfo } from './resource-servers.ts'
import { sessionCookie, shortCookie } from './session-cookie.ts'
import { createAdapter } from './store/adapter.ts'
import { ownClaims } from './token-claims.ts'
import { ttl } from './ttl.ts'

/** The provider's configuration. HS* algorithms and `client_secret_jwt` are off: the secret in the metadata is a placeholder. */
export function createConfiguration(keys: SigningKeys): Configuration {
  return {
    adapter: createAdapter,
    jwks: keys as Configuration['jwks'],
    acrValues: ACR_VALUES,
    claims: CLAIMS,
    scopes: [...Object.keys(CLAIMS), ...OTHER_SCOPES],
    // No parameter of our own: the library's place for a look at the whole request, once it is checked, and before its session is used.
    extraParams: { scope: beforePolicy },
    responseTypes: ['code'],
    grantTypes: ['authorization_code', 'refresh_token', 'client_credentials'],
    clientAuthMethods: [...AUTH_METHODS],
    enabledJWA: {
      idTokenSigningAlgValues: [...ID_TOKEN_ALGORITHMS],
      clientAuthSigningAlgValues: [...CLIENT_ALGORITHMS],
      requestObjectSigningAlgValues: [...CLIENT_ALGORITHMS],
      dPoPSigningAlgValues: [...CLIENT_ALGORITHMS],
    },
    subjectTypes: ['public'],
    discovery: DISCOVERY as object,
    clockTolerance: CLOCK_TOLERANCE,
    assertJwtClientAuthClaimsAndHeader: checkClientAssertion,
    fetch: outgoingFetch,
    fetchResponseBodyLimits: { jwks_uri: 65_536 },
    pkce: { required: () => true },
    allowOmittingSingleRegisteredRedirectUri: false,
    // Redemption is checked by family-rules; being logged in is not what a token lives by.
    expiresWithSession: async () => false,
    rotateRefreshToken: beginRefresh,
    issueRefreshToken: async (_ctx, client, code) => client.grantTypeAllowed('refresh_token') && code.scopes.has('offline_access'),
    loadExistingGrant,
    findAccount: async (ctx, sub, token) => {
      const [account] = await Promise.all([accountBySub(sub), checkRedemption(ctx, sub, token)])
      return account
    },
    interactions: { policy: createPolicy(), url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    renderError: errorPage,
    clientBasedCORS: (_ctx, origin, client) => (client.redirectUris ?? []).some((uri) => webOrigin(uri) === origin),
    ttl,
    extraTokenClaims: ownClaims,
    cookies: {
      keys: [subkey('hashing', 'oidc-cookies').toString('base64url')],
      names: { session: 'xws_oidc_session', interaction: 'xws_interaction', resume: 'xws_resume', state: 'xws_state' } as never,
      long: sessionCookie(),
      // The library gives each its own path: an interaction's is the page of that one, so that two tabs do not take each other's place.
      short: shortCookie(),
    },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: true },
      clientCredentials: { enabled: true },
      introspection: { enabled: true, allowedPolicy: mayIntrospect },
      revocation: { enabled: true, allowedPolicy: async (_ctx, client, token) => token.clientId === client.clientId },
      rpInitiatedLogout: { enabled: true, logoutSource: logoutPage, postLogoutSuccessSource: loggedOutPage },
      backchannelLogout: { enabled: true },
      deviceFlow: {
        enabled: true,
        charset: 'base-20',
        mask: '****-****',
        userCodeInputSource: userCodePage,
        userCodeConfirmSource: confirmDevicePage,
        successSource: deviceDonePage,
      },
      pushedAuthorizationRequests: { enabled: true },
      requestObjects: { enabled: true, assertJwtClaimsAndHeader: checkRequestObject },
      registration: registrationFeature(),
      claimsParameter: { enabled: true },
      resourceIndicators: { enabled: true, defaultResource: noDefault, useGrantedResource: async () => false, getResourceServerInfo },
      dPoP: { enabled: true, nonceSecret: subkey('hashing', 'oidc-dpop-nonces'), requireNonce: nonceRequired },
    },
  } as Configuration
}

async function beforePolicy(ctx: KoaContextWithOIDC): Promise<void> {
  assertSomethingAsked(ctx)
  await adoptAccountSession(ctx)
}

const AUTH_METHODS = ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'] as const

/** What the library leaves out of the discovery document (RFC 8414 §2). */
const DISCOVERY = {
  claim_types_supported: ['normal'],
  ui_locales_supported: [...LOCALES],
  // What a request may ask for; policy.ts has them.
  prompt_values_supported: ['none', 'login', 'consent', 'select_account'],
  // Left out, these would mean that revocation takes client_secret_basic alone, and introspection what must be found out in other ways.
  revocation_endpoint_auth_methods_supported: AUTH_METHODS,
  revocation_endpoint_auth_signing_alg_values_supported: CLIENT_ALGORITHMS,
  introspection_endpoint_auth_methods_supported: AUTH_METHODS,
  introspection_endpoint_auth_signing_alg_values_supported: CLIENT_ALGORITHMS,
}

/** Of several resources that were granted, a token is for the one that the request names. */
async function noDefault(_ctx: KoaContextWithOIDC, _client: Client, oneOf?: string[]): Promise<string | string[]> {
  return (oneOf?.length === 1 ? oneOf[0] : oneOf) as string[]
}

/** Clients that bind all their tokens are held to fresh proofs as well; others may send a nonce, and get one when their clock is off. */
function nonceRequired(ctx: KoaContextWithOIDC): boolean {
  const client = ctx.oidc.client && requestState(ctx)?.clients.get(ctx.oidc.client.clientId)
  return client?.require_dpop === true
}

/** The origin of pages that a browser opens. A native app's scheme has none: to a browser it is `null`, like every sandboxed frame. */
function webOrigin(uri: string): string | undefined {
  const url = URL.parse(uri)
  return url && /^https?:$/.test(url.protocol) ? url.origin : undefined
}

type RedeemedToken = { kind?: string; grantId?: string; jti?: string; consumed?: number } | undefined

async function checkRedemption(ctx: KoaContextWithOIDC, sub: string, token: unknown): Promise<void> {
  const { kind, grantId, jti, consumed } = (token ?? {}) as NonNullable<RedeemedToken>
  if (ctx.oidc?.route !== 'token' || (kind !== 'AuthorizationCode' && kind !== 'RefreshToken' && kind !== 'DeviceCode')) return
  if (!grantId) throw new errors.InvalidGrant('grant not found')
  await assertFamilyUsable(ctx, grantId, sub)
  if (kind !== 'RefreshToken' || !consumed || !jti) return
  noteRefresh(ctx, { jti, grantId })
  await answerAgain(consumed)
}
