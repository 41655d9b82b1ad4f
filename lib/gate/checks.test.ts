import { beforeAll, describe, expect, it } from 'vitest'
import { parseEnv } from '#lib/env.ts'
import { setSingleton } from '#lib/registry.ts'
import { readChecks, storeChecks } from '#lib/requests/index.ts'
import { generateClientSecret } from '#lib/secrets/index.ts'
import { TEST_ENV } from '#lib/testing/constants.ts'
import { allowlistHas } from './allowlist.ts'
import type { HeaderCheck } from './check.ts'
import { credentialsMalformed } from './checks/credentials-malformed.ts'
import { credentialsMissing } from './checks/credentials-missing.ts'
import { httpsRequired } from './checks/https-required.ts'
import { HEADER_CHECKS, ORDER } from './checks.ts'
import { GATE_CODES } from './codes.ts'
import { claimedClientId, domainClaim } from './credentials.ts'
import { redact } from './redact.ts'
import type { RawHeaders } from './types.ts'

const SECRET = generateClientSecret('live')
const ID = 'cl_0123456789abcdefghij'
const GOOD: [string, string][] = [
  ['X-Client-Id', ID],
  ['X-Client-Secret', SECRET],
  ['X-Client-Domain', 'app.example.com'],
]

/** The good headers with some replaced (null: left out) and others after them. */
function headers(changes: Record<string, string | null> = {}, extra: [string, string][] = []): RawHeaders {
  const changed = GOOD.flatMap(([name, value]): [string, string][] => {
    const change = changes[name]
    return change === undefined ? [[name, value]] : change === null ? [] : [[name, change]]
  })
  return [...changed, ...extra].flat()
}

function run(check: HeaderCheck, list: RawHeaders, secure = true) {
  return check.run({ headers: list, ip: null, secure, now: new Date(), use: 'api' })
}

/** The first header check that refuses. */
function answer(list: RawHeaders): string {
  return HEADER_CHECKS.find((check) => !run(check, list).ok)?.code ?? 'ok'
}

beforeAll(() => {
  setSingleton('env', parseEnv(TEST_ENV))
})

it('runs the checks in the order of the table', () => {
  const table = Object.keys(GATE_CODES)
  expect(ORDER.api).toEqual(table.filter((code) => code !== 'login_not_allowed'))
  expect(ORDER.login).toEqual(table.filter((code) => code !== 'api_not_allowed'))
})

it('names checks as the request log does, which stores lists by their name', () => {
  for (const order of Object.values(ORDER)) {
    const checks = order.map((check) => ({ check, verdict: 'passed' as const }))
    const stored: unknown = JSON.parse(storeChecks(checks))
    expect(stored).not.toBeInstanceOf(Array)
    expect(readChecks(stored)).toEqual(checks)
  }
})

describe('https_required', () => {
  it.each([
    ['https://id.example.com', false, 'https_required'],
    ['https://id.example.com', true, 'ok'],
    ['http://localhost:3000', false, 'ok'],
    ['http://localhost:3000', true, 'ok'],
  ])('%s, over TLS: %s → %s', (url, secure, expected) => {
    setSingleton('env', parseEnv({ ...TEST_ENV, PUBLIC_URL: url }))
    expect(run(httpsRequired, [], secure).ok ? 'ok' : httpsRequired.code).toBe(expected)
  })
})

describe('credentials_missing', () => {
  it.each([
    ['none', [], 'X-Client-Id'],
    ['no id', headers({ 'X-Client-Id': null }), 'X-Client-Id'],
    ['no secret', headers({ 'X-Client-Secret': null }), 'X-Client-Secret'],
    ['no domain', headers({ 'X-Client-Domain': null }), 'X-Client-Domain'],
    ['an empty secret', headers({ 'X-Client-Secret': '' }), 'X-Client-Secret'],
    ['a blank domain', headers({ 'X-Client-Domain': ' \t' }), 'X-Client-Domain'],
    ['a domain missing beside a malformed id', headers({ 'X-Client-Id': 'a,b', 'X-Client-Domain': null }), 'X-Client-Domain'],
  ])('%s: the message names it', (_, list, name) => {
    expect(answer(list)).toBe('credentials_missing')
    expect(run(credentialsMissing, list)).toMatchObject({ ok: false, message: expect.stringContaining(name) })
  })
})

describe('credentials_malformed', () => {
  const wrongChecksum = SECRET.slice(0, -1) + (SECRET.endsWith('0') ? '1' : '0')
  it.each<[string, RawHeaders]>([
    ['an id twice', headers({}, [['x-client-id', ID]])],
    ['a secret twice, once empty', headers({}, [['X-CLIENT-SECRET', '']])],
    ['a domain twice', headers({}, [['X-Client-Domain', 'other.example.com']])],
    ['ids joined by a comma', headers({ 'X-Client-Id': `${ID}, ${ID}` })],
    ['secrets joined by a comma', headers({ 'X-Client-Secret': `${SECRET},${SECRET}` })],
    ['hosts joined by a comma', headers({ 'X-Client-Domain': 'a.example.com,b.example.com' })],
    ['an id of 257 characters', headers({ 'X-Client-Id': 'a'.repeat(257) })],
    ['a domain of 300 characters', headers({ 'X-Client-Domain': `${'a.'.repeat(148)}test` })],
    ['an id with NUL', headers({ 'X-Client-Id': `${ID}\0` })],
    ['a domain with a line feed', headers({ 'X-Client-Domain': 'app.example.com\n' })],
    ['an id with a C1 control', headers({ 'X-Client-Id': `${ID}\u0085` })],
    ['a secret with a wrong checksum', headers({ 'X-Client-Secret': wrongChecksum })],
    ['a secret in another case', headers({ 'X-Client-Secret': SECRET.toUpperCase() })],
    ['a secret without its prefix', headers({ 'X-Client-Secret': SECRET.slice(9) })],
    ['a URL', headers({ 'X-Client-Domain': 'https://app.example.com/x' })],
    ['a user', headers({ 'X-Client-Domain': 'user@app.example.com' })],
    ['a port', headers({ 'X-Client-Domain': 'app.example.com:443' })],
    ['a space', headers({ 'X-Client-Domain': 'app.example.com evil.io' })],
    ['a path', headers({ 'X-Client-Domain': 'app.example.com/x' })],
    ['a wildcard', headers({ 'X-Client-Domain': '*.example.com' })],
    ['an access token besides', headers({}, [['Authorization', 'Bearer abc']])],
    ['an access token and half of the headers', headers({ 'X-Client-Secret': null }, [['authorization', 'bearer abc']])],
  ])('%s', (_, list) => {
    expect(answer(list)).toBe('credentials_malformed')
  })

  it('never repeats what was sent', () => {
    const outcome = JSON.stringify(run(credentialsMalformed, headers({ 'X-Client-Secret': wrongChecksum, 'X-Client-Id': ID })))
    expect(outcome).not.toContain(wrongChecksum.slice(9))
  })

  it.each([
    ['as documented', headers()],
    ['names in lower case', GOOD.flatMap(([name, value]) => [name.toLowerCase(), value])],
    ['an id of 256 characters', headers({ 'X-Client-Id': 'a'.repeat(256) })],
    ['a host in capitals with a dot', headers({ 'X-Client-Domain': 'APP.Example.COM.' })],
    ['an IDN', headers({ 'X-Client-Domain': 'bücher.example' })],
    ['a domain id', headers({ 'X-Client-Domain': 'dom_0123456789abcdefghij' })],
    ['basic authorization besides', headers({}, [['Authorization', 'Basic abc']])],
  ])('lets through: %s', (_, list) => {
    expect(answer(list)).toBe('ok')
  })
})

describe('addresses', () => {
  it.each<[string[], string | null, boolean]>([
    [['203.0.113.0/24'], '203.0.113.255', true],
    [['203.0.113.0/24'], '203.0.114.0', false],
    [['203.0.113.0/24'], '::ffff:203.0.113.1', true],
    [['203.0.113.7/32'], '203.0.113.7', true],
    [['203.0.113.7/32'], '203.0.113.8', false],
    [['0.0.0.0/0'], '203.0.113.8', true],
    [['0.0.0.0/0'], '2001:db8::1', false],
    [['::/0'], '203.0.113.8', false],
    [['2001:db8::/32'], '2001:db8:ffff::1', true],
    [['2001:db8::/32'], '2001:db9::1', false],
    [['2001:db8::/32', '10.0.0.0/8'], '10.255.255.255', true],
    [['10.0.0.0/8'], null, false],
    [['10.0.0.0/8'], 'not an address', false],
    [['10.0.0.0/8'], '10.1', false],
    [['nonsense'], '10.0.0.1', false],
  ])('%s has %s: %s', (list, ip, expected) => {
    expect(allowlistHas(list, ip)).toBe(expected)
  })
})

describe('what is kept of a request', () => {
  it('takes only the form of a client id for a claim', () => {
    expect(claimedClientId(headers())).toBe(ID)
    expect(claimedClientId(headers({ 'X-Client-Id': SECRET }))).toBeNull()
    expect(claimedClientId([])).toBeNull()
  })

  it('reads a domain as an id, a host or both', () => {
    expect(domainClaim('Example.com.')).toEqual({ text: 'Example.com.', id: null, host: 'example.com' })
    expect(domainClaim('dom_Abc')).toEqual({ text: 'dom_Abc', id: 'dom_Abc', host: 'dom_abc' })
    expect(domainClaim('a b')).toBeNull()
  })

  it('blots out secrets and cuts long texts', () => {
    expect(redact(`x ${SECRET} y`)).toBe('x xws_live_[redacted] y')
    expect(redact('a'.repeat(500))).toHaveLength(101)
    expect(redact('a\0b')).toBe('a?b')
  })
})
