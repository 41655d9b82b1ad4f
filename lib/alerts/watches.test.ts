import { beforeEach, describe, expect, it } from 'vitest'
import { db, pool } from '#lib/db.ts'
import { type GateFixture, makeGateFixture } from '#lib/gate/testing.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { listAlerts } from './list-alerts.ts'
import { watchErrors } from './watch-errors.ts'
import { watchRates } from './watch-rates.ts'

useTestDatabase()
let gate: GateFixture

beforeEach(async () => {
  gate = await makeGateFixture()
  await pool().query('DELETE FROM usage_source_hours')
  await db().mail.deleteMany()
  const { actor } = gate.cast.owner
  if (actor.kind === 'user') await db().user.update({ where: { id: actor.userId }, data: { emailVerifiedAt: new Date() } })
})

const alerts = () => listAlerts({ ctx: gate.cast.owner, input: { clientId: gate.clientId } })
const mails = () => db().mail.count({ where: { template: 'client_alert' } })

describe('the usual rate', () => {
  const now = new Date('2026-11-22T12:03:00Z')
  /** `requests` in each five minutes from `from` to `to` hours before now, and `recent` in the running ones. */
  async function traffic(from: number, to: number, requests: number, recent: number): Promise<void> {
    await pool().query(
      `INSERT INTO client_rates SELECT $1, at, $4 FROM generate_series($5::timestamptz - $2 * interval '1 hour', $5::timestamptz - $3 * interval '1 hour', interval '5 minutes') AS at`,
      [gate.clientId, from, to, requests, '2026-11-22T11:50:00Z'],
    )
    await pool().query(`INSERT INTO client_rates VALUES ($1, '2026-11-22T12:00:00Z', $2)`, [gate.clientId, recent])
  }

  it.each([
    ['ten times as much', 24, 0, 50, 500, true],
    ['nine times as much', 24, 0, 50, 450, false],
    ['a hundred times very little', 24, 0, 2, 200, false],
    ['much, without an hour of past', 0.5, 0, 1, 5000, false],
    ['much after days of almost nothing', 48, 47, 10, 400, true],
  ])('%s', async (_, from, to, usual, recent, expected) => {
    await traffic(from, to, usual, recent)
    await watchRates(now)
    expect((await alerts()).map(({ kind }) => kind)).toEqual(expected ? ['unusual_rate'] : [])
  })

  it('forgets what is older than it looks back', async () => {
    await pool().query(`INSERT INTO client_rates VALUES ($1, '2026-11-10T00:00:00Z', 1)`, [gate.clientId])
    await watchRates(now)
    expect(await db().clientRate.count({ where: { clientId: gate.clientId } })).toBe(0)
  })
})

describe('the share of errors', () => {
  const now = new Date('2026-11-22T12:10:00Z')
  const buckets = Array.from({ length: 16 }, (_, n) => `l${String(n + 1).padStart(2, '0')}`)
  const count = (at: string, domain: string, requests: number, failed: number) =>
    pool().query(
      `INSERT INTO usage_source_hours (team_id, client_id, at, domain_id, requests, failed, refused, logins, tokens, ${buckets})
       VALUES ($1, $2, $3, $4, $5, $6, 0, 0, 0, ${buckets.map(() => 0)})`,
      [gate.cast.teamId, gate.clientId, at, domain, requests, failed],
    )

  it.each([
    ['more than a fifth of a hundred', '2026-11-22T11:00:00Z', 100, 21, true],
    ['just a fifth', '2026-11-22T11:00:00Z', 100, 20, false],
    ['all of fewer than a hundred', '2026-11-22T11:00:00Z', 98, 98, false],
    ['the hour that still runs', '2026-11-22T12:00:00Z', 1000, 1000, false],
    ['an hour that was looked at before', '2026-11-22T10:00:00Z', 1000, 1000, false],
  ])('%s', async (_, at, requests, failed, expected) => {
    await count(at, '', requests / 2, failed)
    await count(at, 'other', requests / 2, 0)
    await watchErrors(now)
    const seen = expected ? [{ kind: 'many_errors', occurrences: 1, evidence: [{ requests, failed, minutes: 60 }] }] : []
    expect(await alerts()).toMatchObject(seen)
    expect(await mails()).toBe(seen.length)
  })

  it('does not take the polling of devices for failures', async () => {
    await pool().query(
      `INSERT INTO request_logs (at, request_id, team_id, client_id, method, path, endpoint, status, decision, duration_ms)
       SELECT '2026-11-22T11:30:00Z', 'req_' || n, $1, $2, 'POST', '/oidc/token', 'token:device', 400,
         CASE WHEN n <= 60 THEN 'authorization_pending' WHEN n <= 100 THEN 'slow_down' ELSE 'expired_token' END, 1
       FROM generate_series(1, 121) n`,
      [gate.cast.teamId, gate.clientId],
    )
    await pool().query('DELETE FROM usage_source_hours')
    await count('2026-11-22T11:00:00Z', '', 200, 120)
    await watchErrors(now)
    expect(await alerts()).toEqual([])
    await pool().query('DELETE FROM usage_source_hours')
    await count('2026-11-22T11:00:00Z', '', 200, 121)
    await watchErrors(now)
    expect(await alerts()).toMatchObject([{ kind: 'many_errors', evidence: [{ requests: 100, failed: 21 }] }])
  })

  it('counts an hour once, by however many processes and however often it is looked at', async () => {
    await count('2026-11-22T11:00:00Z', '', 100, 50)
    await Promise.all(Array.from({ length: 4 }, () => watchErrors(now)))
    await watchErrors(new Date('2026-11-22T12:59:59Z'))
    expect(await alerts()).toMatchObject([
      { occurrences: 1, evidence: [{ requests: 100, failed: 50 }], lastAt: '2026-11-22T12:00:00.000Z' },
    ])
    await count('2026-11-22T12:00:00Z', '', 200, 70)
    await watchErrors(new Date('2026-11-22T13:10:00Z'))
    await watchErrors(new Date('2026-11-22T13:11:00Z'))
    expect(await alerts()).toMatchObject([{ occurrences: 2, evidence: [{ failed: 50 }, { failed: 70 }] }])
    expect(await mails()).toBe(1)
  })

  it('reads the hour and the last day by an index that begins with the time', async () => {
    await pool().query(
      `INSERT INTO usage_source_hours (team_id, client_id, at, domain_id, requests, failed, refused, logins, tokens, ${buckets})
       SELECT 'tm_' || c, 'cl_' || c, '2026-11-22T11:00:00Z'::timestamptz - h * interval '1 hour', '', 100, 0, 0, 0, 0, ${buckets.map(() => 0)}
       FROM generate_series(1, 100) c, generate_series(0, 200) h`,
    )
    await pool().query('ANALYZE usage_source_hours')
    const plan = async (where: string) => {
      const { rows } = await pool().query<{ 'QUERY PLAN': string }>(
        `EXPLAIN SELECT client_id, sum(requests) FROM usage_source_hours WHERE ${where} GROUP BY client_id`,
      )
      return rows.map((row) => row['QUERY PLAN']).join('\n')
    }
    const hour = await plan(`at = '2026-11-22T11:00:00Z' AND client_id <> ''`)
    expect(hour).toContain('usage_source_hours_at_client_id_idx')
    expect(hour).not.toMatch(/Seq Scan|Sort/)
    expect(await plan(`at >= '2026-11-21T12:00:00Z'`)).toContain('usage_source_hours_at_client_id_idx')
  })
})
