import { beforeEach, describe, expect, it } from 'vitest'
import { db, pool } from '#lib/db.ts'
import { monthUsage } from '#lib/limits/index.ts'
import { generateClientSecret } from '#lib/secrets/index.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { ask, codeOf, type GateFixture, makeGateFixture } from './testing.ts'

useTestDatabase()
let gate: GateFixture

beforeEach(async () => {
  gate = await makeGateFixture()
  await pool().query('DELETE FROM rate_windows')
})

function setTeam(data: object): Promise<unknown> {
  return db().team.update({ where: { id: gate.cast.teamId }, data })
}

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
    expect(refused).toMatchObject({
      ok: false,
      code: 'quota_exceeded',
      status: 429,
      headers: { 'Retry-After': '30', 'X-RateLimit-Limit': '1000' },
    })
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
