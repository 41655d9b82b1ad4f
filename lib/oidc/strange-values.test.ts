import { randomUUID } from 'node:crypto'
import { UnsecuredJWT } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { setProtocol } from '#lib/clients/index.ts'
import { systemContext } from '#lib/context.ts'
import { createRegistrationToken } from '#lib/registrations/index.ts'
import { authorizeUrl, pkce, type TestBrowser } from './testing.ts'
import { CALLBACK, client, makeClient, provider, type TestClient, tokens, useFlow } from './testing-flow.ts'
import { assertion, makeKey, proof, signed, type TestKey } from './testing-proofs.ts'

// Whatever strangers send: the protocol's own errors, never a 500, and nothing that it costs others.

useFlow({ DYNAMIC_REGISTRATION: '1' })

const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code'
const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token'

/** As they stand in a query or a form: what PostgreSQL, JSON, URLs or numbers may choke on. */
const STRANGE: Record<string, string> = {
  'a NUL': '%00',
  'a NUL within': 'a%00b',
  'bytes that are no UTF-8': '%ff%fe%80',
  'a lone surrogate': '%ed%a0%80',
  'a cut escape': '%',
  'a line feed': '%0a%0d',
  nothing: '',
  'a large number': '99999999999999999999999999',
  'a negative number': '-1',
  'no number': '1e999',
  'JSON with a lone surrogate': encodeURIComponent(
    '{"id_token":{"sub":{"value":"\\ud800\\u0000"},"acr":{"essential":true,"values":["\\u0000"]}}}',
  ),
  'JSON null': 'null',
  'a name of every object': '__proto__',
  'a method of every object': 'constructor',
}
const NAMES = Object.keys(STRANGE)

let keyed: TestClient
let key: TestKey
let browser: TestBrowser
let access: string
let initialToken: string

beforeAll(async () => {
  keyed = await makeClient(client.teamId)
  key = await makeKey()
  const ctx = systemContext('test')
  await setProtocol({ ctx, input: { clientId: keyed.id, authMethod: 'private_key_jwt', jwks: JSON.stringify({ keys: [key.jwk] }) } })
  const had = await tokens()
  access = had.access
  browser = had.browser
  initialToken = (await createRegistrationToken({ ctx, input: { teamId: client.teamId, maxUses: 1000 } })).value
})

/** `right` as a query or form, with the strange value in the place of one of its parameters, or beside them. */
function spoilt(right: Record<string, string>, name: string, value: string): string {
  const { [name]: _, ...rest } = right
  return `${new URLSearchParams(rest)}&${encodeURIComponent(name)}=${value}`
}

async function send(path: string, form: string | null, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${provider.origin}${path}`, {
    redirect: 'manual',
    headers: {
      cookie: browser.cookies('/'),
      ...(form === null ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      ...headers,
    },
    ...(form === null ? {} : { method: 'POST', body: form }),
  })
}

/** A decision of ours, in whatever form, that can be found again. */
async function expectDecided(answer: Response, what: string): Promise<void> {
  expect(answer.status, `${what}: ${await answer.text()}`).toBeLessThan(500)
  expect(answer.headers.get('x-request-id'), what).toMatch(/^req_/)
}

const mine = () => ({ client_id: client.id, client_secret: client.secret })

/** Addresses with what they take, as a right request would have it. */
const ENDPOINTS: [path: string, how: 'form' | 'query', right: () => Record<string, string>, others: string[]][] = [
  [
    '/oidc/auth',
    'query',
    () => ({
      client_id: client.id,
      redirect_uri: CALLBACK,
      response_type: 'code',
      scope: 'openid',
      code_challenge: pkce().challenge,
      code_challenge_method: 'S256',
    }),
    [
      ...[
        'acr_values',
        'claims',
        'claims_locales',
        'display',
        'dpop_jkt',
        'id_token_hint',
        'login_hint',
        'max_age',
        'nonce',
        'prompt',
        'request',
      ],
      ...['request_uri', 'resource', 'response_mode', 'state', 'ui_locales', '__proto__', 'registration'],
    ],
  ],
  [
    '/oidc/request',
    'form',
    () => ({
      ...mine(),
      redirect_uri: CALLBACK,
      response_type: 'code',
      scope: 'openid',
      code_challenge: pkce().challenge,
      code_challenge_method: 'S256',
    }),
    ['claims', 'dpop_jkt', 'max_age', 'nonce', 'request', 'resource', 'state', 'client_assertion', 'login_hint'],
  ],
  [
    '/oidc/token',
    'form',
    () => ({ ...mine(), grant_type: 'client_credentials', scope: 'userinfo' }),
    ['resource', 'client_assertion', 'audience', 'code'],
  ],
  [
    '/oidc/token',
    'form',
    () => ({ ...mine(), grant_type: 'authorization_code', code: 'x', redirect_uri: CALLBACK, code_verifier: pkce().verifier }),
    ['resource'],
  ],
  ['/oidc/token', 'form', () => ({ ...mine(), grant_type: 'refresh_token', refresh_token: 'x', scope: 'openid' }), ['resource']],
  ['/oidc/token', 'form', () => ({ ...mine(), grant_type: DEVICE_GRANT, device_code: 'x' }), []],
  [
    '/oidc/token',
    'form',
    () => ({ ...mine(), grant_type: EXCHANGE, subject_token: access, subject_token_type: ACCESS_TOKEN }),
    ['resource', 'audience', 'scope', 'actor_token', 'requested_token_type'],
  ],
  ['/oidc/token/introspection', 'form', () => ({ ...mine(), token: access }), ['token_type_hint', 'client_assertion']],
  ['/oidc/token/revocation', 'form', () => ({ ...mine(), token: 'x' }), ['token_type_hint', 'client_assertion']],
  [
    '/oidc/device/auth',
    'form',
    () => ({ ...mine(), scope: 'openid' }),
    ['resource', 'claims', 'max_age', 'acr_values', 'request', 'id_token_hint'],
  ],
  ['/oidc/device', 'query', () => ({ user_code: 'BBBB-BBBB' }), []],
  ['/oidc/device', 'form', () => ({ user_code: 'BBBB-BBBB', xsrf: 'x' }), ['confirm', 'abort']],
  [
    '/oidc/session/end',
    'query',
    () => ({ client_id: client.id }),
    ['id_token_hint', 'post_logout_redirect_uri', 'state', 'ui_locales', 'logout_hint'],
  ],
  ['/oidc/session/end', 'form', () => ({ client_id: client.id }), ['id_token_hint', 'post_logout_redirect_uri', 'state']],
  ['/oidc/session/end/confirm', 'form', () => ({ xsrf: 'x' }), ['logout']],
  ['/oidc/me', 'form', () => ({ access_token: access }), []],
]

describe('a strange value never breaks an endpoint', () => {
  it.each(ENDPOINTS)(
    '%s by %s (%#)',
    async (path, how, right, others) => {
      for (const name of [...Object.keys(right()), ...others]) {
        for (const kind of NAMES) {
          const sent = spoilt(right(), name, STRANGE[kind] as string)
          const answer = how === 'form' ? await send(path, sent) : await send(`${path}?${sent}`, null)
          await expectDecided(answer, `${kind} as ${name}`)
        }
      }
    },
    60_000,
  )

  it.each(['/oidc/auth/', '/oidc/device/', '/oidc/reg/', '/oidc/'])('%s as a path', async (path) => {
    for (const kind of NAMES) await expectDecided(await send(`${path}${STRANGE[kind]}`, null), kind)
  })

  it('in the headers of credentials', async () => {
    const basic = (id: string, secret: string) => `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`
    const headers = NAMES.flatMap((kind) => {
      const value = STRANGE[kind] as string
      const raw = Buffer.from(
        value.replaceAll(/%([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
        'latin1',
      )
      return [
        basic(value, client.secret),
        basic(client.id, value),
        `Basic ${Buffer.concat([raw, Buffer.from(':x')]).toString('base64')}`,
        `Bearer ${encodeURIComponent(value)}`,
        `DPoP ${encodeURIComponent(value)}`,
      ]
    })
    for (const authorization of headers) {
      await expectDecided(await send('/oidc/token', 'grant_type=client_credentials', { authorization }), authorization)
      await expectDecided(await send('/oidc/me', null, { authorization }), authorization)
    }
  })
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

describe('an impossible client_id', () => {
  it('is an unknown one (RFC 6749 §5.2)', async () => {
    for (const id of ['%00', `${client.id}%00`, '%ed%a0%80']) {
      const answer = await send('/oidc/token', `grant_type=client_credentials&client_id=${id}&client_secret=x`)
      expect(answer.status).toBe(401)
      expect(await answer.json()).toMatchObject({ error: 'invalid_client' })
      expect((await send(`/oidc/auth?client_id=${id}`, null)).status).toBe(400)
      expect((await send('/oidc/device/auth', `client_id=${id}`)).status).toBe(401)
      expect((await send(`/oidc/session/end?client_id=${id}`, null)).status).toBe(400)
    }
  })

  it('costs those who ask at the same moment nothing', async () => {
    const good = async () =>
      (await send('/oidc/token', String(new URLSearchParams({ ...mine(), grant_type: 'client_credentials' })))).status
    const bad = async () => (await send('/oidc/token', 'grant_type=client_credentials&client_id=%00&client_secret=x')).status
    for (let round = 0; round < 5; round++) {
      const statuses = await Promise.all(Array.from({ length: 12 }, (_, n) => (n % 2 === 0 ? good() : bad())))
      expect(statuses).toEqual(Array.from({ length: 12 }, (_, n) => (n % 2 === 0 ? 200 : 401)))
    }
  })
})
