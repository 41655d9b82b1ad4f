import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createSecret, deleteClient, disableClient, enableClient, flushSecretUses, revokeSecret } from '#lib/clients/index.ts'
import { liftRestriction, restrictClient } from '#lib/alerts/index.ts'
import { db, pool } from '#lib/db.ts'
import { parseEnv } from '#lib/env.ts'
import { monthUsage } from '#lib/limits/index.ts'
import { setSingleton } from '#lib/registry.ts'
import { generateClientSecret } from '#lib/secrets/index.ts'
import { TEST_ENV } from '#lib/testing/constants.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { GATE_CODES, type GateCode } from './codes.ts'
import { ask, type AskOptions, changeDomain, codeOf, type GateFixture, makeGateFixture } from './testing.ts'

const database = useTestDatabase()
let gate: GateFixture

beforeAll(() => {
  setSingleton('env', parseEnv({ ...TEST_ENV, DATABASE_URL: database.url(), PUBLIC_URL: 'https://id.example.com' }))
})

beforeEach(async () => {
  gate = await makeGateFixture()
  await pool().query('DELETE FROM rate_windows')
})

function setTeam(data: object): Promise<unknown> {
  return db().team.update({ where: { id: gate.cast.teamId }, data })
}

const args = () => ({ ctx: gate.cast.owner, input: { clientId: gate.clientId } })

describe('one check after the other', () => {
  it('answers with the first that fails, in the order of the table', async () => {
    const { clientId, domain, testSecret, secret } = gate
    const elsewhere = await db().domain.findFirstOrThrow({ where: { clientId, host: 'localhost' } })
    const wrong = generateClientSecret('test')
    for (let n = 0; n < 30; n++) await ask(gate, { id: 'cl_unknown', ip: '198.51.100.1' })

    // Everything is wrong at once; each step mends one thing.
    await setTeam({ planEndsAt: new Date(0), overridePerMinute: 0, overridePerMonth: 0 })
    await changeDomain(clientId, { host: domain.host, active: false, verified: false, allowApi: false, ipAllowlist: ['10.0.0.0/8'] })
    await db().secretDomain.create({ data: { secretId: testSecret.id, domainId: elsewhere.id } })
    await disableClient(args())
    await restrictClient(args())
    const request: AskOptions = { secure: false, domain: null, id: `${clientId},x`, secret: wrong, ip: '198.51.100.1', extra: [['Origin', 'https://evil.io']] }

    const ladder: [GateCode | 'ok', () => unknown][] = [
      ['https_required', () => Object.assign(request, { secure: true })],
      ['credentials_missing', () => Object.assign(request, { domain: 'evil-example.com' })],
      ['credentials_malformed', () => Object.assign(request, { id: clientId })],
      ['too_many_failures', () => Object.assign(request, { ip: '203.0.113.7' })],
      ['invalid_credentials', () => Object.assign(request, { secret: testSecret.value })],
      ['client_disabled', () => enableClient(args())],
      ['client_restricted', () => liftRestriction(args())],
      ['plan_inactive', () => setTeam({ planEndsAt: null })],
      ['browser_refused', () => Object.assign(request, { extra: [] })],
      ['domain_not_allowed', () => Object.assign(request, { domain: domain.host })],
      ['domain_inactive', () => changeDomain(clientId, { host: domain.host, active: true })],
      ['domain_unverified', () => changeDomain(clientId, { host: domain.host, verified: true })],
      ['secret_not_linked', () => db().secretDomain.create({ data: { secretId: testSecret.id, domainId: domain.id } })],
      ['mode_mismatch', () => Object.assign(request, { secret: secret.value })],
      ['api_not_allowed', () => changeDomain(clientId, { host: domain.host, allowApi: true })],
      ['ip_not_allowed', () => changeDomain(clientId, { host: domain.host, ipAllowlist: ['203.0.113.0/24'] })],
      ['rate_limited', () => setTeam({ overridePerMinute: 100 })],
      ['quota_exceeded', () => setTeam({ overridePerMonth: 1 })],
      ['ok', () => {}],
    ]
    for (const [expected, mend] of ladder) {
      const result = await ask(gate, request)
      expect(codeOf(result)).toBe(expected)
      if (!result.ok) {
        expect(result.status).toBe(GATE_CODES[result.code])
        const [before, after] = split(result.checks.map(({ verdict }) => verdict), Object.keys(GATE_CODES).filter((code) => code !== 'login_not_allowed').indexOf(expected))
        expect(before.every((verdict) => verdict === 'passed')).toBe(true)
        expect(after).toEqual(['failed', ...after.slice(1).map(() => 'skipped')])
      }
      await mend()
    }
  })

  function split<T>(list: T[], at: number): [T[], T[]] {
    return [list.slice(0, at), list.slice(at)]
  }
})

describe('#5 invalid_credentials', () => {
  it('is one answer for an unknown client and a wrong, revoked, expired or foreign secret, and for a deleted client', async () => {
    const other = await makeGateFixture('other.example.com')
    const { cast, clientId } = gate
    const revoked = await createSecret({ ctx: cast.owner, input: { clientId, mode: 'live' } })
    await revokeSecret({ ctx: cast.owner, input: { clientId, secretId: revoked.id } })
    const expired = await createSecret({ ctx: cast.owner, input: { clientId, mode: 'live', expiresAt: new Date(Date.now() + 60_000).toISOString() } })
    const deleted = await makeGateFixture('deleted.example.com')
    await deleteClient({ ctx: deleted.cast.owner, input: { clientId: deleted.clientId } })

    const answers = await Promise.all([
      ask(gate, { id: 'cl_00000000000000000000' }),
      ask(gate, { secret: generateClientSecret('live') }),
      ask(gate, { secret: revoked.value }),
      ask(gate, { secret: expired.value, now: new Date(Date.now() + 61_000) }),
      ask(gate, { secret: other.secret.value }),
      ask(deleted),
    ])
    const bodies = answers.map((answer) => (answer.ok ? 'ok' : { code: answer.code, status: answer.status, message: answer.message, headers: answer.headers }))
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1)
    expect(bodies[0]).toEqual({ code: 'invalid_credentials', status: 401, message: expect.any(String), headers: {} })
    expect(codeOf(await ask(gate, { secret: expired.value }))).toBe('ok')
  })

  it('reads nothing of the client before the secret is proven', async () => {
    const result = await ask(gate, { secret: generateClientSecret('live') })
    expect(result).toMatchObject({ client: { id: gate.clientId, teamId: null, domainId: null, secretId: null, mode: null } })
  })
})

describe('#4 too_many_failures', () => {
  const fail = (ip: string) => ask(gate, { secret: generateClientSecret('live'), ip })

  it('refuses the address after 30 within a minute, for the next minute, and nobody else', async () => {
    const codes = await Promise.all(Array.from({ length: 40 }, async () => codeOf(await fail('198.51.100.7'))))
    expect(codes.filter((code) => code === 'invalid_credentials')).toHaveLength(30)
    expect(codes.filter((code) => code === 'too_many_failures')).toHaveLength(10)
    const refused = await fail('::ffff:198.51.100.7')
    expect(codeOf(refused)).toBe('too_many_failures')
    expect(Number(refused.headers['Retry-After'])).toBeGreaterThan(50)
    expect(codeOf(await fail('198.51.100.8'))).toBe('invalid_credentials')
    // A right secret always passes.
    expect(codeOf(await ask(gate, { ip: '198.51.100.7' }))).toBe('ok')
    // The minute over: as if nothing had been.
    await pool().query('UPDATE rate_windows SET expire = 0')
    expect(codeOf(await fail('198.51.100.7'))).toBe('invalid_credentials')
  })

  it('takes an IPv6 /64 for one address', async () => {
    for (let n = 1; n <= 30; n++) expect(codeOf(await fail(`2001:db8:0:1::${n}`))).toBe('invalid_credentials')
    expect(codeOf(await fail('2001:db8:0:1:ffff::1'))).toBe('too_many_failures')
    expect(codeOf(await fail('2001:db8:0:2::1'))).toBe('invalid_credentials')
  })

  it('lasts a minute from the 30th failure, not from the first', async () => {
    for (let n = 1; n < 30; n++) await fail('198.51.100.9')
    await pool().query('UPDATE rate_windows SET expire = expire - 50000')
    await fail('198.51.100.9')
    expect(Number((await fail('198.51.100.9')).headers['Retry-After'])).toBeGreaterThan(50)
  })
})

describe('hosts', () => {
  it.each([
    ['app.example.com', 'ok'],
    ['APP.EXAMPLE.COM.', 'ok'],
    ['evil-app.example.com', 'domain_not_allowed'],
    ['app.example.com.evil.io', 'domain_not_allowed'],
    ['example.com', 'domain_not_allowed'],
    ['x.app.example.com', 'domain_not_allowed'],
    ['a@app.example.com', 'credentials_malformed'],
    ['dom_00000000000000000000', 'domain_not_allowed'],
  ])('%s: %s', async (domain, expected) => {
    expect(codeOf(await ask(gate, { domain }))).toBe(expected)
  })

  it('finds a domain by its id, only among the client’s own', async () => {
    const other = await makeGateFixture('other.example.com')
    expect(await ask(gate, { domain: gate.domain.id })).toMatchObject({ ok: true, domain: gate.domain })
    expect(codeOf(await ask(gate, { domain: other.domain.id }))).toBe('domain_not_allowed')
    expect(codeOf(await ask(gate, { domain: gate.domain.id.toLowerCase() }))).toBe('domain_not_allowed')
  })

  it('compares IDN as punycode', async () => {
    await changeDomain(gate.clientId, { host: 'bücher.example', mode: 'live', verified: true })
    for (const domain of ['bücher.example', 'BÜCHER.example', 'xn--bcher-kva.example']) expect(codeOf(await ask(gate, { domain }))).toBe('ok')
  })
})

describe('the domain’s settings', () => {
  it('refuses by use', async () => {
    await changeDomain(gate.clientId, { host: gate.domain.host, allowLogin: false })
    expect(codeOf(await ask(gate, { use: 'login' }))).toBe('login_not_allowed')
    expect(codeOf(await ask(gate, { use: 'api' }))).toBe('ok')
  })

  it('does not ask a test domain to be verified, nor a live secret to work there', async () => {
    expect(codeOf(await ask(gate, { domain: 'localhost', secret: gate.testSecret.value }))).toBe('ok')
    expect(codeOf(await ask(gate, { domain: 'localhost' }))).toBe('mode_mismatch')
  })

  it.each([
    ['Origin', 'https://app.example.com'],
    ['origin', ''],
    ['Sec-Fetch-Site', 'same-origin'],
  ])('refuses a browser: %s: %s', async (name, value) => {
    expect(codeOf(await ask(gate, { extra: [[name, value]] }))).toBe('browser_refused')
  })

  it('holds the allowlist against the caller, mapped addresses included', async () => {
    await changeDomain(gate.clientId, { host: gate.domain.host, ipAllowlist: ['203.0.113.4/31', '2001:db8::/48'] })
    const codes = async (...ips: (string | null)[]) => Promise.all(ips.map(async (ip) => codeOf(await ask(gate, { ip }))))
    expect(await codes('203.0.113.4', '203.0.113.5', '::ffff:203.0.113.4', '2001:db8::ffff')).toEqual(Array(4).fill('ok'))
    expect(await codes('203.0.113.3', '203.0.113.6', '::ffff:203.0.113.6', '2001:db8:1::', null)).toEqual(Array(5).fill('ip_not_allowed'))
  })

  it('in monitor mode keeps the verdict and refuses nobody', async () => {
    await changeDomain(gate.clientId, { host: gate.domain.host, ipAllowlist: ['10.0.0.0/8'], ipMonitor: true })
    const result = await ask(gate)
    expect(codeOf(result)).toBe('ok')
    expect(result.checks.find(({ check }) => check === 'ip_not_allowed')).toEqual({
      check: 'ip_not_allowed',
      verdict: 'failed',
      monitored: true,
      expected: '10.0.0.0/8',
      received: '203.0.113.7',
    })
  })
})

describe('limits', () => {
  it('admits exactly N a minute per client and mode, and says so in the headers', async () => {
    await setTeam({ overridePerMinute: 5 })
    const results = await Promise.all(Array.from({ length: 25 }, () => ask(gate)))
    expect(results.filter(({ ok }) => ok)).toHaveLength(5)
    expect(new Set(results.filter(({ ok }) => !ok).map(codeOf))).toEqual(new Set(['rate_limited']))
    expect(results[0]?.headers).toEqual({
      'RateLimit-Policy': '"minute";q=5;w=60',
      RateLimit: '"minute";r=4;t=60',
      'X-RateLimit-Limit': '5',
      'X-RateLimit-Remaining': '4',
      'X-RateLimit-Reset': '60',
    })
    const refused = await ask(gate)
    expect(refused.headers).toMatchObject({ 'X-RateLimit-Remaining': '0', 'Retry-After': expect.stringMatching(/^([1-9]|[1-5]\d|60)$/) })
    // The other mode has a window of its own.
    expect(codeOf(await ask(gate, { domain: 'localhost', secret: gate.testSecret.value }))).toBe('ok')
  })

  it('says nothing of limits before check 17', async () => {
    expect((await ask(gate, { extra: [['Origin', 'x']] })).headers).toEqual({})
  })

  it('admits exactly M live requests a month per team; refused and test requests do not count', async () => {
    await setTeam({ overridePerMonth: 3, overridePerMinute: 1000 })
    const now = new Date('2026-11-30T23:59:30Z')
    const results = await Promise.all(Array.from({ length: 15 }, () => ask(gate, { now })))
    expect(results.filter(({ ok }) => ok)).toHaveLength(3)
    const refused = await ask(gate, { now })
    expect(refused).toMatchObject({ ok: false, code: 'quota_exceeded', status: 429, headers: { 'Retry-After': '30', 'X-RateLimit-Limit': '1000' } })
    expect(codeOf(await ask(gate, { now, domain: 'localhost', secret: gate.testSecret.value }))).toBe('ok')
    expect(await monthUsage(gate.cast.teamId, now)).toBe(3)
    expect(codeOf(await ask(gate, { now: new Date('2026-12-01T00:00:00Z') }))).toBe('ok')
    // Refused requests left the month alone: one more in the plan is one more request.
    await setTeam({ overridePerMonth: 4 })
    expect([codeOf(await ask(gate, { now })), codeOf(await ask(gate, { now }))]).toEqual(['ok', 'quota_exceeded'])
  })

  it('does not take from the month what the minute refuses', async () => {
    await setTeam({ overridePerMinute: 2 })
    for (let n = 0; n < 5; n++) await ask(gate)
    expect(await monthUsage(gate.cast.teamId, new Date())).toBe(2)
  })
})

it('answers what it resolved', async () => {
  expect(await ask(gate)).toMatchObject({
    ok: true,
    client: { id: gate.clientId, name: 'Shop', teamId: gate.cast.teamId },
    domain: gate.domain,
    mode: 'live',
    secret: { id: gate.secret.id, label: 'server', hint: gate.secret.hint },
    plan: { name: 'Free', perMinute: 120, perMonth: 50_000 },
    scopes: ['email', 'offline_access', 'openid', 'profile'],
  })
})

it('notes when and from where a secret was used, refused or not, once it is proven', async () => {
  await ask(gate, { ip: '192.0.2.1', extra: [['Origin', 'x']] })
  await flushSecretUses()
  expect(await db().clientSecret.findUnique({ where: { id: gate.secret.id } })).toMatchObject({ lastUsedIp: '192.0.2.1', lastUsedAt: expect.any(Date) })
})

it('answers each of many concurrent requests for itself', async () => {
  const other = await makeGateFixture('other.example.com')
  const asked = Array.from({ length: 60 }, (_, n) => (n % 3 === 0 ? ask(gate) : n % 3 === 1 ? ask(other) : ask(gate, { secret: other.secret.value })))
  const answers = (await Promise.all(asked)).map((result) => (result.ok ? result.client.id : result.code))
  expect(answers).toEqual(Array.from({ length: 60 }, (_, n) => [gate.clientId, other.clientId, 'invalid_credentials'][n % 3]))
})

it('keeps secrets out of everything it returns', async () => {
  const results = await Promise.all([ask(gate), ask(gate, { id: gate.secret.value }), ask(gate, { domain: gate.secret.value }), ask(gate, { secret: `${gate.secret.value}x` }), ask(gate, { extra: [['Origin', gate.secret.value]] })])
  expect(results.map(codeOf)).not.toContain(undefined)
  expect(JSON.stringify(results).toLowerCase()).not.toContain(gate.secret.value.slice(9, 40).toLowerCase())
})
