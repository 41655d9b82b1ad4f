import { beforeAll, describe, expect, it } from 'vitest'
import { pkce, type TestBrowser } from './testing.ts'
import { CALLBACK, client, tokens, useFlow } from './testing-flow.ts'
import { expectDecided, mine, sendAny } from './testing-strange.ts'

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

let browser: TestBrowser
let access: string

beforeAll(async () => {
  const had = await tokens()
  access = had.access
  browser = had.browser
})

/** `right` as a query or form, with the strange value in the place of one of its parameters, or beside them. */
function spoilt(right: Record<string, string>, name: string, value: string): string {
  const { [name]: _, ...rest } = right
  return `${new URLSearchParams(rest)}&${encodeURIComponent(name)}=${value}`
}

const send = (path: string, form: string | null, headers: Record<string, string> = {}) =>
  sendAny(path, form, { cookie: browser.cookies('/'), ...headers })

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
