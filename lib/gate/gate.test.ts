import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { liftRestriction, restrictClient } from '#lib/alerts/index.ts'
import { createSecret, deleteClient, disableClient, enableClient, flushSecretUses, revokeSecret } from '#lib/clients/index.ts'
import { db, pool } from '#lib/db.ts'
import { parseEnv } from '#lib/env.ts'
import { setSingleton } from '#lib/registry.ts'
import { generateClientSecret } from '#lib/secrets/index.ts'
import { TEST_ENV } from '#lib/testing/constants.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { GATE_CODES, type GateCode } from './codes.ts'
import { type AskOptions, ask, changeDomain, codeOf, type GateFixture, makeGateFixture } from './testing.ts'

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
    const request: AskOptions = {
      secure: false,
      domain: null,
      id: `${clientId},x`,
      secret: wrong,
      ip: '198.51.100.1',
      extra: [['Origin', 'https://evil.io']],
    }

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
        const [before, after] = split(
          result.checks.map(({ verdict }) => verdict),
          Object.keys(GATE_CODES)
            .filter((code) => code !== 'login_not_allowed')
            .indexOf(expected),
        )
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
    const expired = await createSecret({
      ctx: cast.owner,
      input: { clientId, mode: 'live', expiresAt: new Date(Date.now() + 60_000).toISOString() },
    })
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
    const bodies = answers.map((answer) =>
      answer.ok ? 'ok' : { code: answer.code, status: answer.status, message: answer.message, headers: answer.headers },
    )
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1)
    expect(bodies[0]).toEqual({ code: 'invalid_credentials', status: 401, message: expect.any(String), headers: {} })
    expect(codeOf(await ask(gate, { secret: expired.value }))).toBe('ok')
  })

  it('asks the database the same for an unknown client as for a wrong secret', async () => {
    const asked = async (options: AskOptions) => {
      const query = vi.spyOn(pool(), 'query')
      await ask(gate, options)
      const names = query.mock.calls.map(([config]) => (config as { name?: string }).name)
      query.mockRestore()
      return names
    }
    const wrong = await asked({ secret: generateClientSecret('live') })
    expect(wrong).toEqual(['gate_by_secret', 'limits_hit'])
    expect(await asked({ id: 'cl_00000000000000000000' })).toEqual(wrong)
  })

  it('reads nothing of the client before the secret is proven', async () => {
    const result = await ask(gate, { secret: generateClientSecret('live') })
    expect(result).toMatchObject({ client: { id: gate.clientId, teamId: null, domainId: null, secretId: null, mode: null } })
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
    for (const domain of ['bücher.example', 'BÜCHER.example', 'xn--bcher-kva.example'])
      expect(codeOf(await ask(gate, { domain }))).toBe('ok')
  })

  it.each([
    ['müller.example', 'xn--mller-kva.example'],
    ['MÜLLER.example', 'xn--mller-kva.example'],
    ['straße.example', 'xn--strae-oqa.example'],
    ['日本.example', 'xn--wgv71a.example'],
  ])('reads %s in UTF-8 from headers, which Node reads as Latin-1', async (typed, host) => {
    await changeDomain(gate.clientId, { host: typed, mode: 'live', verified: true })
    const domain = Buffer.from(typed).toString('latin1')
    expect(await ask(gate, { domain })).toMatchObject({ ok: true, domain: { host } })
    expect(codeOf(await ask(gate, { domain: `${domain}\u0080` }))).toBe('credentials_malformed')
    const control = Buffer.from(`${typed}\u0085`).toString('latin1')
    expect(codeOf(await ask(gate, { domain: control }))).toBe('credentials_malformed')
  })

  it('takes one dot at the end, not two', async () => {
    expect(codeOf(await ask(gate, { domain: `${gate.domain.host}.` }))).toBe('ok')
    expect(codeOf(await ask(gate, { domain: `${gate.domain.host}..` }))).toBe('credentials_malformed')
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
  expect(await db().clientSecret.findUnique({ where: { id: gate.secret.id } })).toMatchObject({
    lastUsedIp: '192.0.2.1',
    lastUsedAt: expect.any(Date),
  })
})

it('answers each of many concurrent requests for itself', async () => {
  const other = await makeGateFixture('other.example.com')
  const asked = Array.from({ length: 60 }, (_, n) =>
    n % 3 === 0 ? ask(gate) : n % 3 === 1 ? ask(other) : ask(gate, { secret: other.secret.value }),
  )
  const answers = (await Promise.all(asked)).map((result) => (result.ok ? result.client.id : result.code))
  expect(answers).toEqual(Array.from({ length: 60 }, (_, n) => [gate.clientId, other.clientId, 'invalid_credentials'][n % 3]))
})

it('reads once for all requests of one turn', async () => {
  const query = vi.spyOn(pool(), 'query')
  await Promise.all(Array.from({ length: 50 }, () => ask(gate, { extra: [['Origin', 'x']] })))
  expect(query.mock.calls.filter(([config]) => (config as { name?: string }).name === 'gate_by_secret')).toHaveLength(1)
  query.mockRestore()
})

it('keeps secrets out of everything it returns', async () => {
  const results = await Promise.all([
    ask(gate),
    ask(gate, { id: gate.secret.value }),
    ask(gate, { domain: gate.secret.value }),
    ask(gate, { secret: `${gate.secret.value}x` }),
    ask(gate, { extra: [['Origin', gate.secret.value]] }),
  ])
  expect(results.map(codeOf)).not.toContain(undefined)
  expect(JSON.stringify(results).toLowerCase()).not.toContain(gate.secret.value.slice(9, 40).toLowerCase())
})
