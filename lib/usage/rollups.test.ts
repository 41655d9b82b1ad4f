import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { db, pool } from '#lib/db.ts'
import { createPartitions, flushRequests, purgeRequests, type RequestRow, recordRequest, retentionDays } from '#lib/requests/index.ts'
import { buffered, flushOf } from '#lib/requests/testing.ts'
import { type Cast, makeCast, makeClientRow } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { pruneUsage } from './prune-usage.ts'
import { rebuildUsage } from './rebuild-usage.ts'
import { EQUAL, requestRow, rollupDifferences } from './testing.ts'

useTestDatabase()

const DAY = 86_400_000
const NOW = new Date(`${new Date().toISOString().slice(0, 10)}T12:00:00Z`)
let cast: Cast
let client: string

beforeAll(async () => {
  cast = await makeCast()
  client = await makeClientRow(cast.teamId)
  await createPartitions({ daysBack: 45 })
})
beforeEach(async () => {
  await pool().query('DELETE FROM request_logs')
  await pool().query('DELETE FROM request_log_floors')
  for (const table of Object.keys(EQUAL)) await pool().query(`DELETE FROM ${table}`)
})

const mine = (changes: Partial<RequestRow> = {}) => requestRow({ teamId: cast.teamId, clientId: client, at: NOW, ...changes })

/** Rows of all kinds, over so many days back from today. */
async function logRows(count: number, days: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    const bad = n % 5 === 0
    recordRequest(
      mine({
        at: new Date(NOW.getTime() - ((n * 7_919_000) % (days * DAY))),
        teamId: n % 11 === 0 ? null : cast.teamId,
        clientId: n % 11 === 0 ? `cl_claimed${n}` : client,
        ip: `198.51.100.${n % 250}`,
        domainId: ['dom_a', 'dom_b', null][n % 3] ?? null,
        accountId: ['101', '102', null, null][n % 4] ?? null,
        endpoint: ['GET v1/whoami', 'login', 'token:refresh_token', null][n % 4] ?? null,
        mode: (['live', 'test', null] as const)[n % 3] ?? null,
        status: bad ? ([403, 500, 303][n % 3] ?? 400) : 200,
        decision: bad ? (['ip_not_allowed', 'internal_error', 'access_denied'][n % 3] ?? 'x') : 'ok',
        durationMs: (n * 37) % 6_000,
      }),
    )
  }
  await flushRequests()
}

const raw = async () => Number((await pool().query('SELECT count(*) AS n FROM request_logs')).rows[0].n)

describe('the rollups', () => {
  it('equal a count over the raw rows', async () => {
    await logRows(3_000, 40)
    expect(await raw()).toBe(3_000)
    expect(await rollupDifferences()).toEqual(EQUAL)
  })

  it('count a repeated flush once', async () => {
    const real = pool().query.bind(pool()) as (...args: unknown[]) => Promise<unknown>
    const lost = vi.spyOn(pool(), 'query').mockImplementationOnce(async (...args: unknown[]) => {
      await real(...args)
      throw Object.assign(new Error('connection lost'), { code: 'ECONNRESET' })
    })
    recordRequest(mine())
    await flushRequests()
    lost.mockRestore()
    await flushRequests()
    expect(await raw()).toBe(1)
    expect(await rollupDifferences()).toEqual(EQUAL)
  })

  it('count late rows, and those of a clock that was set back or ahead, where they say that they belong', async () => {
    const times = [
      NOW,
      new Date(NOW.getTime() - 3_600_000),
      new Date(NOW.getTime() + 400 * DAY),
      NOW,
      new Date(0),
      new Date('2001-02-03T04:05:06Z'),
    ]
    for (const at of times) recordRequest(mine({ at }))
    await flushRequests()
    expect(await raw()).toBe(times.length)
    expect(await rollupDifferences()).toEqual(EQUAL)
    await createPartitions()
    expect(await raw()).toBe(times.length)
  })

  it('are equal when several write at once', async () => {
    const rows = Array.from({ length: 1_500 }, (_, n) => mine({ durationMs: n % 50, endpoint: `GET v1/${n % 7}` }))
    const stored = rows.map(buffered)
    // The same batches from two sides, in opposite orders: what one has written, the other may not count.
    const batches = Array.from({ length: 15 }, (_, n) => stored.slice(n * 100, n * 100 + 100))
    await Promise.all([...batches, ...batches.toReversed()].map(flushOf))
    expect(await raw()).toBe(1_500)
    expect(await rollupDifferences()).toEqual(EQUAL)
  })
})

describe('a rebuild', () => {
  it('makes from the raw rows what was there', async () => {
    await logRows(1_000, 5)
    await pool().query(`UPDATE usage_hours SET requests = requests + 3`)
    await pool().query(`DELETE FROM usage_minutes WHERE decision = 'ok'`)
    await pool().query(`INSERT INTO usage_user_days VALUES ($1, $2, $3, 999)`, [cast.teamId, client, NOW.toISOString().slice(0, 10)])
    expect(await rollupDifferences()).not.toEqual(EQUAL)
    const from = new Date(NOW.getTime() - 6 * DAY).toISOString().slice(0, 10)
    expect(await rebuildUsage({ from })).toMatchObject({ rows: 1_000 })
    expect(await rollupDifferences()).toEqual(EQUAL)
  })

  it('leaves what its raw rows can no longer tell', async () => {
    await db().team.update({ where: { id: cast.teamId }, data: { planKey: 'free' } })
    await logRows(1_000, 20)
    const before = await pool().query(
      'SELECT * FROM usage_hours ORDER BY team_id, client_id, at, domain_id, endpoint, mode, status_class, decision',
    )
    expect((await purgeRequests({ now: NOW })).deleted).toBeGreaterThan(300)
    await rebuildUsage({}, NOW)
    const after = await pool().query(
      'SELECT * FROM usage_hours ORDER BY team_id, client_id, at, domain_id, endpoint, mode, status_class, decision',
    )
    expect(after.rows).toEqual(before.rows)
  })

  it.each(['yesterday', '2026-13-01', "'; DROP TABLE clients; --"])('refuses %s for a day', async (from) => {
    await expect(rebuildUsage({ from })).rejects.toMatchObject({ code: 'validation_failed' })
  })

  it.each([{ from: '2026-11-24', to: '2026-11-23' }, { from: '9999-01-01' }])('refuses %o, in which no day is', async (days) => {
    await expect(rebuildUsage(days)).rejects.toMatchObject({ code: 'validation_failed', message: expect.stringContaining('from: ') })
  })
})

describe('retention', () => {
  const ages = async () => {
    const { rows } = await pool().query<{ team: string; age: number }>(
      `SELECT coalesce(team_id, '') AS team, max($1::date - at::date)::int AS age FROM request_logs GROUP BY 1`,
      [NOW],
    )
    return Object.fromEntries(rows.map(({ team, age }) => [team, age]))
  }

  it('deletes by the plan of each team, in whole days, and a second time nothing', async () => {
    await db().team.update({ where: { id: cast.teamId }, data: { planKey: 'free' } })
    await db().team.update({ where: { id: cast.strangerTeamId }, data: { planKey: 'pro', overrideRetentionDays: 40 } })
    for (let age = 0; age < 60; age++) {
      for (const teamId of [cast.teamId, cast.strangerTeamId, null])
        recordRequest(mine({ teamId, clientId: `cl_${teamId}`, at: new Date(NOW.getTime() - age * DAY) }))
    }
    await flushRequests()
    expect([await retentionDays(cast.teamId), await retentionDays(cast.strangerTeamId), await retentionDays('tm_none')]).toEqual([7, 40, 7])
    const { deleted } = await purgeRequests({ now: NOW })
    expect(await ages()).toEqual({ [cast.teamId]: 7, [cast.strangerTeamId]: 40, '': 7 })
    expect(deleted).toBe(52 + 19 + 52)
    expect(await purgeRequests({ now: NOW })).toEqual({ deleted: 0, dropped: [] })
    // A day later, one day more.
    expect((await purgeRequests({ now: new Date(NOW.getTime() + DAY) })).deleted).toBe(3)
  })

  it('deletes more once a plan keeps less', async () => {
    await db().team.update({ where: { id: cast.teamId }, data: { planKey: 'enterprise' } })
    for (let age = 0; age < 60; age++) recordRequest(mine({ at: new Date(NOW.getTime() - age * DAY) }))
    await flushRequests()
    expect((await purgeRequests({ now: NOW })).deleted).toBe(0)
    await db().team.update({ where: { id: cast.teamId }, data: { planKey: 'free' } })
    expect((await purgeRequests({ now: NOW })).deleted).toBe(52)
  })

  it('drops the partitions past the longest, and rows without a partition too', async () => {
    for (const age of [91, 99]) {
      await pool().query(`SELECT create_request_logs_partition($1::date - $2::int)`, [NOW, age])
    }
    for (const age of [10, 91, 99, 99.2, 700]) recordRequest(mine({ at: new Date(NOW.getTime() - age * DAY) }))
    await flushRequests()
    await db().team.update({ where: { id: cast.teamId }, data: { planKey: 'enterprise' } })
    const { dropped } = await purgeRequests({ now: NOW })
    expect(dropped).toHaveLength(2)
    expect(await ages()).toEqual({ [cast.teamId]: 10 })
    const { rows } = await pool().query(`SELECT complete_from FROM request_log_floors WHERE team_id = '*'`)
    expect(rows).toEqual([{ complete_from: new Date(Math.floor(NOW.getTime() / DAY) * DAY - 90 * DAY) }])
  })
})

describe('pruning', () => {
  it('keeps minutes for days, people for weeks, hours for a year', async () => {
    for (const age of [1, 8, 10, 61, 63, 390, 400]) recordRequest(mine({ accountId: '7', at: new Date(NOW.getTime() - age * DAY) }))
    await flushRequests()
    await pruneUsage({ now: NOW })
    const left: Record<string, number> = {}
    for (const table of Object.keys(EQUAL)) left[table] = Number((await pool().query(`SELECT count(*) AS n FROM ${table}`)).rows[0].n)
    expect(left).toMatchObject({
      usage_minutes: 2,
      usage_user_hours: 2,
      usage_user_days: 4,
      usage_hours: 6,
      usage_source_days: 6,
      usage_kind_hours: 6,
    })
  })
})
