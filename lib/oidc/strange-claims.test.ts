import { randomUUID } from 'node:crypto'
import { UnsecuredJWT } from 'jose'
import { beforeAll, describe, it } from 'vitest'
import { setProtocol } from '#lib/clients/index.ts'
import { systemContext } from '#lib/context.ts'
import { createRegistrationToken } from '#lib/registrations/index.ts'
import { authorizeUrl, pkce } from './testing.ts'
import { CALLBACK, client, makeClient, provider, type TestClient, useFlow } from './testing-flow.ts'
import { assertion, makeKey, proof, signed, type TestKey } from './testing-proofs.ts'
import { expectDecided, mine, sendAny as send } from './testing-strange.ts'

// Whatever strangers sign, or write as JSON: the protocol's own errors, never a 500.

useFlow({ DYNAMIC_REGISTRATION: '1' })

let keyed: TestClient
let key: TestKey
let initialToken: string

beforeAll(async () => {
  keyed = await makeClient(client.teamId)
  key = await makeKey()
  const ctx = systemContext('test')
  await setProtocol({ ctx, input: { clientId: keyed.id, authMethod: 'private_key_jwt', jwks: JSON.stringify({ keys: [key.jwk] }) } })
  initialToken = (await createRegistrationToken({ ctx, input: { teamId: client.teamId, maxUses: 1000 } })).value
})

/** Values of claims that no database or clock takes. */
const CLAIMS: [string, unknown][] = [
  ['a NUL', '\0'],
  ['a lone surrogate', '\ud800'],
  ['a list', ['\0', 1]],
  ['an object', { a: '\0' }],
  ['an object that cannot be made a text', { toString: 'x' }],
  ['a list of such objects', [{ toString: 'x' }]],
  ['a number', 7],
  ['the largest number', Number.MAX_VALUE],
  ['a time beyond dates', 9e15],
  ['a negative number', -1],
  ['null', null],
]

describe('strange claims never break an endpoint', () => {
  it.each(CLAIMS)('%s in a client assertion', async (_name, value) => {
    for (const claim of ['iss', 'sub', 'jti', 'aud', 'exp', 'iat', 'nbf']) {
      const form = await assertion(key, keyed.id, `${provider.origin}/oidc`, { [claim]: value } as never)
      for (const fields of [form, { ...form, client_id: '' }]) {
        const asked = new URLSearchParams({ grant_type: 'client_credentials', ...fields })
        if (fields.client_id === '') asked.delete('client_id')
        await expectDecided(await send('/oidc/token', String(asked)), claim)
      }
    }
  })

  it.each(CLAIMS)('%s in a request object and a hint', async (_name, value) => {
    for (const claim of [
      'iss',
      'client_id',
      'aud',
      'exp',
      'iat',
      'jti',
      'redirect_uri',
      'scope',
      'resource',
      'max_age',
      'claims',
      'nonce',
      'state',
      'sub',
    ]) {
      const claims = {
        iss: keyed.id,
        aud: `${provider.origin}/oidc`,
        client_id: keyed.id,
        exp: Math.floor(Date.now() / 1000) + 60,
        iat: Math.floor(Date.now() / 1000),
      }
      const jwt = await signed(key, { ...claims, redirect_uri: CALLBACK, response_type: 'code', scope: 'openid', [claim]: value } as never)
      const url = authorizeUrl('', {
        client_id: keyed.id,
        redirect_uri: CALLBACK,
        scope: 'openid',
        code_challenge: pkce().challenge,
        request: jwt,
      })
      await expectDecided(await send(url, null), claim)
      const hint = new UnsecuredJWT({ ...claims, [claim]: value } as never).encode()
      await expectDecided(await send(`/oidc/session/end?id_token_hint=${hint}`, null), `${claim} of a hint`)
      await expectDecided(await send(`/oidc/session/end?id_token_hint=${jwt}`, null), `${claim} of a signed hint`)
    }
  })

  it.each(CLAIMS)('%s in a DPoP proof', async (_name, value) => {
    for (const claim of ['jti', 'iat', 'htm', 'htu', 'ath', 'nonce', 'exp']) {
      const dpop = await proof(key, 'POST', `${provider.origin}/oidc/token`, { [claim]: value } as never)
      const form = new URLSearchParams({ ...mine(), grant_type: 'client_credentials' })
      await expectDecided(await send('/oidc/token', String(form), { dpop }), claim)
    }
  })

  it.each(CLAIMS)('%s in a registration', async (_name, value) => {
    const right = { client_name: 'Strange', redirect_uris: [CALLBACK] }
    const names = [
      'client_name',
      'redirect_uris',
      'jwks',
      'jwks_uri',
      'logo_uri',
      'scope',
      'grant_types',
      'contacts',
      'software_id',
      'tos_uri',
      'policy_uri',
      'client_uri',
    ]
    for (const name of [...names, 'post_logout_redirect_uris', 'backchannel_logout_uri', 'default_max_age', 'client_id', randomUUID()]) {
      for (const given of [value, [value], { keys: [value] }]) {
        const answer = await fetch(`${provider.origin}/oidc/reg`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${initialToken}` },
          body: JSON.stringify({ ...right, [name]: given }),
        })
        await expectDecided(answer, `${name}: ${JSON.stringify(given)}`)
      }
    }
  })
})
