import * as oauth from 'oauth4webapi'
import * as openid from 'openid-client'
import { beforeAll, describe, expect, it } from 'vitest'
import { setProtocol } from '#lib/clients/index.ts'
import { systemContext } from '#lib/context.ts'
import { loggedIn } from './testing.ts'
import { CALLBACK, client, makeClient, owner, provider, type TestClient, useFlow } from './testing-flow.ts'
import { makeKey } from './testing-proofs.ts'

useFlow()

const ctx = systemContext('test')
const insecure = { [oauth.allowInsecureRequests]: true }

/** Goes where a relying party sends its user, up to the callback. */
async function follow(url: URL | string): Promise<URL> {
  const { browser } = await loggedIn(owner)
  const { location } = await browser.go(String(url), provider.origin)
  if (!location) throw new Error('no redirect to the relying party')
  return location
}

describe('oauth4webapi', () => {
  let as: oauth.AuthorizationServer
  beforeAll(async () => {
    const issuer = new URL(`${provider.origin}/oidc`)
    as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure))
  })

  it('logs in by PAR with DPoP, its own key and everything required, as FAPI 2.0 has it', async () => {
    const app = await makeClient(client.teamId)
    const signing = await makeKey('ES256')
    await setProtocol({
      ctx,
      input: { clientId: app.id, authMethod: 'private_key_jwt', jwks: JSON.stringify(signing.jwk), requirePar: true, requireDpop: true },
    })
    const rp: oauth.Client = { client_id: app.id }
    const auth = oauth.PrivateKeyJwt({ key: signing.privateKey, kid: signing.jwk.kid ?? '' })
    const DPoP = oauth.DPoP(rp, await oauth.generateKeyPair('ES256'))
    const options = { ...insecure, DPoP }
    const verifier = oauth.generateRandomCodeVerifier()
    const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()]

    const params = new URLSearchParams({
      response_type: 'code',
      redirect_uri: CALLBACK,
      scope: 'openid email offline_access',
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    })
    const again = async <T>(work: () => Promise<T>): Promise<T> => {
      try {
        return await work()
      } catch (error) {
        if (oauth.isDPoPNonceError(error)) return work()
        throw error
      }
    }
    const pushed = await again(async () =>
      oauth.processPushedAuthorizationResponse(as, rp, await oauth.pushedAuthorizationRequest(as, rp, auth, params, options)),
    )
    const url = new URL(as.authorization_endpoint ?? '')
    url.search = String(new URLSearchParams({ client_id: app.id, request_uri: pushed.request_uri }))
    const back = oauth.validateAuthResponse(as, rp, await follow(url), state)
    const tokens = await again(async () =>
      oauth.processAuthorizationCodeResponse(
        as,
        rp,
        await oauth.authorizationCodeGrantRequest(as, rp, auth, back, CALLBACK, verifier, options),
        { expectedNonce: nonce, requireIdToken: true },
      ),
    )
    expect(tokens.token_type).toBe('dpop')
    const sub = oauth.getValidatedIdTokenClaims(tokens)?.sub ?? ''
    const info = await again(async () =>
      oauth.processUserInfoResponse(as, rp, sub, await oauth.userInfoRequest(as, rp, tokens.access_token, options)),
    )
    expect(info.sub).toBe(sub)
    const refreshed = await again(async () =>
      oauth.processRefreshTokenResponse(as, rp, await oauth.refreshTokenGrantRequest(as, rp, auth, tokens.refresh_token ?? '', options)),
    )
    expect(refreshed.token_type).toBe('dpop')
  })

  it('notices an answer of another server (mix-up, RFC 9207)', async () => {
    const back = new URL(`${CALLBACK}?code=x&state=s&iss=https://other.example`)
    expect(() => oauth.validateAuthResponse(as, { client_id: client.id }, back, 's')).toThrow(/iss/)
    expect(as.authorization_response_iss_parameter_supported).toBe(true)
  })
})

describe('openid-client', () => {
  const discover = (app: TestClient) =>
    openid.discovery(new URL(`${provider.origin}/oidc`), app.id, app.secret, undefined, {
      execute: [openid.allowInsecureRequests],
    })

  it('logs in with a signed request, pushed', async () => {
    const app = await makeClient(client.teamId)
    const key = await makeKey('PS256')
    await setProtocol({ ctx, input: { clientId: app.id, jwks: JSON.stringify(key.jwk), requireSignedRequest: true, requirePar: true } })
    const config = await discover(app)
    const verifier = openid.randomPKCECodeVerifier()
    const state = openid.randomState()
    const { searchParams } = await openid.buildAuthorizationUrlWithJAR(
      config,
      {
        redirect_uri: CALLBACK,
        scope: 'openid',
        code_challenge: await openid.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
      },
      { key: key.privateKey, kid: key.jwk.kid ?? '' },
    )
    const url = await openid.buildAuthorizationUrlWithPAR(config, searchParams)
    const tokens = await openid.authorizationCodeGrant(config, await follow(url), { pkceCodeVerifier: verifier, expectedState: state })
    expect(tokens.claims()?.aud).toBe(app.id)
  })
})
