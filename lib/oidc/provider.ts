import { type KoaContextWithOIDC, Provider } from 'oidc-provider'
import { env } from '#lib/env.ts'
import type { SigningKeys } from '#lib/keys/index.ts'
import { log } from '#lib/log.ts'
import { factsOf } from '#lib/request-facts.ts'
import { refuseUnknownScopesOfMachines } from './asked-scope.ts'
import { byAddress } from './by-address.ts'
import { installSecretComparison } from './client-auth.ts'
import { createConfiguration } from './configuration.ts'
import { paceDevices } from './device-pace.ts'
import { endAccountSessionWithLogout } from './end-account-session.ts'
import {
  acceptHintsOfFormerAlgorithms,
  allowOfflineAccessByConsent,
  keepNewSessions,
  nameClientInBody,
  queueBackchannelLogouts,
  refuseClaimsWithoutText,
} from './internals.ts'
import { introspectJwts } from './introspect-jwt.ts'
import { letGo } from './let-go.ts'
import { installRequestLog } from './log-request.ts'
import { refuseMethods } from './methods.ts'
import { throttleUserCodes } from './pages/device.ts'
import { tellOriginOfPostedAnswer } from './posted-answer.ts'
import { redirectPosts } from './posted-as-get.ts'
import { takePublicNameOfBasic } from './public-by-basic.ts'
import { cachePublicDocuments } from './public-documents.ts'
import { keepRefreshAnswers } from './refresh-replay.ts'
import { answerRegistration } from './registration.ts'
import { installReplayDetection } from './replay-detection.ts'
import { requireTls } from './require-tls.ts'
import { checkResourceBeforeUse } from './resource-servers.ts'
import { answerRevocationInJson } from './revocation.ts'
import { registerTokenExchange } from './token-exchange.ts'
import { tellUnauthorizedClients } from './unauthorized-client.ts'
import { answerUnexpected } from './unexpected.ts'
import { awaitWrites } from './written-answers.ts'

/** The issuer identifier: `$PUBLIC_URL/oidc`. */
function issuer(): string {
  return `${env().PUBLIC_URL}/oidc`
}

/** A provider that signs with these keys. Its JWKS is fixed; other keys take another provider. */
export function createProvider(keys: SigningKeys): Provider {
  const provider = new Provider(issuer(), createConfiguration(keys))
  // The listener has put what we know into the forwarding headers, over what the client sent.
  provider.proxy = true
  installSecretComparison(provider)
  allowOfflineAccessByConsent(provider)
  queueBackchannelLogouts(provider)
  keepNewSessions(provider)
  nameClientInBody(provider)
  refuseClaimsWithoutText(provider)
  acceptHintsOfFormerAlgorithms(provider)
  installReplayDetection(provider)
  registerTokenExchange(provider)
  checkResourceBeforeUse(provider)
  refuseUnknownScopesOfMachines(provider)
  provider.use(letGo)
  provider.use(answerUnexpected)
  installRequestLog(provider)
  provider.use(refuseMethods)
  provider.use(requireTls)
  provider.use(
    byAddress({
      '/.well-known/openid-configuration': [cachePublicDocuments],
      '/.well-known/oauth-authorization-server': [cachePublicDocuments],
      '/jwks': [cachePublicDocuments],
      '/auth': [redirectPosts, tellOriginOfPostedAnswer],
      '/auth/*': [tellOriginOfPostedAnswer],
      '/token': [takePublicNameOfBasic, paceDevices, tellUnauthorizedClients, keepRefreshAnswers],
      '/token/introspection': [takePublicNameOfBasic, introspectJwts(keys)],
      '/token/revocation': [takePublicNameOfBasic, answerRevocationInJson],
      '/device': [throttleUserCodes],
      '/request': [takePublicNameOfBasic],
      '/device/auth': [takePublicNameOfBasic, paceDevices, tellUnauthorizedClients],
      '/session/end': [redirectPosts],
      '/session/end/confirm': [endAccountSessionWithLogout],
      '/reg': [answerRegistration],
    }),
  )
  provider.use(awaitWrites)
  provider.use(answerUnknownInJson)
  provider.on('server_error', (ctx: KoaContextWithOIDC, err: Error) => {
    log().error({ err, requestId: factsOf(ctx.req)?.requestId, route: ctx.oidc?.route }, 'provider error')
  })
  return provider
}

/** Addresses that are none get the protocol's own form of an error. */
async function answerUnknownInJson(ctx: KoaContextWithOIDC, next: () => Promise<unknown>): Promise<void> {
  await next()
  if (ctx.status !== 404 || ctx.body) return
  ctx.body = { error: 'invalid_request', error_description: `there is no ${ctx.method} ${ctx.path} here` }
  // Setting a body would make it 200.
  ctx.status = 404
}
