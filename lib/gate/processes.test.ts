import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { liftRestriction, restrictClient } from '#lib/alerts/index.ts'
import { disableClient, enableClient, revokeSecret } from '#lib/clients/index.ts'
import { db } from '#lib/db.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { type GateProcess, startGateProcesses } from '#lib/testing/gate-process.ts'
import { ensureRedis, TestRedis } from '#lib/testing/redis.ts'
import { freePort } from '#lib/testing/server-process.ts'
import { changeDomain, type GateFixture, makeGateFixture } from './testing.ts'

const LIMIT = 20
const INSTALL_MS = 240_000

const database = useTestDatabase()
let gate: GateFixture
let processes: GateProcess[] = []

beforeEach(async () => {
  gate = await makeGateFixture()
})

afterEach(async () => {
  await Promise.all(processes.map((each) => each.stop()))
})

function right(): [string, string][] {
  return [
    ['X-Client-Id', gate.clientId],
    ['X-Client-Secret', gate.secret.value],
    ['X-Client-Domain', gate.domain.host],
  ]
}

/** How many of 5 × LIMIT concurrent calls, spread over the processes, got which answer. */
async function flood(): Promise<Record<string, number>> {
  const times = (LIMIT * 5) / processes.length
  const codes = (await Promise.all(processes.map((each) => each.ask({ headers: right(), times })))).flat()
  const counts: Record<string, number> = {}
  for (const code of codes) counts[code] = (counts[code] ?? 0) + 1
  return counts
}

describe('two processes on one PostgreSQL', () => {
  beforeEach(async () => {
    processes = await startGateProcesses(2, { DATABASE_URL: database.url(), RATE_LIMIT_STORE: 'postgres' })
  })

  it('admit exactly N of 5 N concurrent calls a minute', async () => {
    await db().team.update({ where: { id: gate.cast.teamId }, data: { overridePerMinute: LIMIT } })
    expect(await flood()).toEqual({ ok: LIMIT, rate_limited: LIMIT * 4 })
  })

  it('admit exactly M of 5 M concurrent calls a month', async () => {
    await db().team.update({ where: { id: gate.cast.teamId }, data: { overridePerMinute: 1000, overridePerMonth: LIMIT } })
    expect(await flood()).toEqual({ ok: LIMIT, quota_exceeded: LIMIT * 4 })
  })

  it('count one address’s failures together', async () => {
    const wrong = right().map(([name, value]): [string, string] => [name, name === 'X-Client-Id' ? 'cl_unknown' : value])
    const codes = (await Promise.all(processes.map((each) => each.ask({ headers: wrong, times: 25, ip: '198.51.100.1' })))).flat()
    expect(codes.filter((code) => code === 'invalid_credentials')).toHaveLength(30)
    expect(codes.filter((code) => code === 'too_many_failures')).toHaveLength(20)
  })

  it('refuse the very next call after a change elsewhere', async () => {
    const [{ ctx, input }, { host }] = [{ ctx: gate.cast.owner, input: { clientId: gate.clientId } }, gate.domain]
    const next = async () => (await Promise.all(processes.map((each) => each.ask({ headers: right(), times: 1 })))).flat()
    expect(await next()).toEqual(['ok', 'ok'])
    const changes: [string, () => Promise<unknown>, () => Promise<unknown>][] = [
      ['client_disabled', () => disableClient({ ctx, input }), () => enableClient({ ctx, input })],
      ['client_restricted', () => restrictClient({ ctx, input }), () => liftRestriction({ ctx, input })],
      [
        'domain_inactive',
        () => changeDomain(input.clientId, { host, active: false }),
        () => changeDomain(input.clientId, { host, active: true }),
      ],
      [
        'api_not_allowed',
        () => changeDomain(input.clientId, { host, allowApi: false }),
        () => changeDomain(input.clientId, { host, allowApi: true }),
      ],
      [
        'ip_not_allowed',
        () => changeDomain(input.clientId, { host, ipAllowlist: ['10.0.0.0/8'] }),
        () => changeDomain(input.clientId, { host, ipAllowlist: [] }),
      ],
    ]
    for (const [code, change, undo] of changes) {
      await change()
      expect(await next()).toEqual([code, code])
      await undo()
      expect(await next()).toEqual(['ok', 'ok'])
    }
    await revokeSecret({ ctx, input: { ...input, secretId: gate.secret.id } })
    expect(await next()).toEqual(['invalid_credentials', 'invalid_credentials'])
  })
})

describe('two processes on one Redis', () => {
  let redis: TestRedis

  beforeAll(async () => {
    redis = new TestRedis(await ensureRedis(), await freePort())
  }, INSTALL_MS)

  afterAll(() => redis?.dispose())

  beforeEach(async () => {
    await redis.start()
    processes = await startGateProcesses(2, { DATABASE_URL: database.url(), RATE_LIMIT_STORE: 'redis', REDIS_URL: redis.url })
    await db().team.update({ where: { id: gate.cast.teamId }, data: { overridePerMinute: LIMIT } })
  })

  afterEach(() => redis.stop())

  it('admit exactly N of 5 N concurrent calls a minute, counted in Redis', async () => {
    expect(await flood()).toEqual({ ok: LIMIT, rate_limited: LIMIT * 4 })
    expect(await db().rateWindow.count({ where: { key: { contains: gate.clientId } } })).toBe(0)
  })

  it('have PostgreSQL count while Redis is away', async () => {
    await redis.stop()
    expect(await flood()).toEqual({ ok: LIMIT, rate_limited: LIMIT * 4 })
    expect(await db().rateWindow.count({ where: { key: { contains: gate.clientId } } })).toBe(1)
  })
})
