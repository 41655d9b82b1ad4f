import { beforeAll, describe, expect, it } from 'vitest'
import { db, pool } from '#lib/db.ts'
import { flushRequests, type RequestRow, recordRequest } from '#lib/requests/index.ts'
import { type Cast, makeCast, makeClientRow, makeMember, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { LATENCY_BOUNDS_MS, LATENCY_BUCKETS } from './latency.ts'
import { recentUsageOfClient, recentUsageOfClients } from './recent-usage.ts'
import { requestRow } from './testing.ts'

useTestDatabase()

const NOW = new Date('2026-11-22T10:20:00Z')
let cast: Cast
let [mine, other] = ['', '']

beforeAll(async () => {
  cast = await makeCast()
  mine = await makeClientRow(cast.teamId)
  other = await makeClientRow(cast.teamId)
  const log = (changes: Partial<RequestRow>) => recordRequest(requestRow({ teamId: cast.teamId, clientId: mine, at: NOW, ...changes }))
  log({ durationMs: 1.5 })
  log({ durationMs: 40, at: new Date('2026-11-22T09:59:59.999Z') })
  log({ status: 403, decision: 'ip_not_allowed', durationMs: 0.1 })
  log({ status: 403, decision: 'ip_not_allowed', durationMs: 0.1 })
  log({ status: 500, decision: 'internal_error', durationMs: 9_000, at: new Date('2026-11-21T15:47:30Z') })
  log({ at: new Date('2026-11-21T11:00:00Z') })
  log({ at: new Date('2026-11-21T10:59:59.999Z') })
  log({ clientId: other })
  // A claim that nobody proved, on the team's client: its team sees it.
  log({ teamId: null, status: 401, decision: 'invalid_credentials', clientId: other })
  await flushRequests()
})

describe('the last 24 hours', () => {
  it('of a client', async () => {
    const usage = await recentUsageOfClient({ ctx: cast.viewer, input: { clientId: mine } }, NOW)
    expect(usage).toMatchObject({ requests: 6, failed: 3, errorShare: 0.5 })
    expect(usage.hours).toHaveLength(24)
    expect([usage.hours[0], usage.hours.at(-2), usage.hours.at(-1)]).toEqual([1, 1, 3])
    expect(usage.latency?.p50).toBeLessThan(2)
    expect(usage.latency?.p99).toBe(5_000)
    const minute = new Date('2026-11-22T10:20:00Z')
    expect(usage.denials).toEqual([
      { decision: 'ip_not_allowed', requests: 2, lastAt: minute },
      { decision: 'internal_error', requests: 1, lastAt: new Date('2026-11-21T15:47:00Z') },
    ])
    // Where minutes were not counted, the hour is known.
    await pool().query(`DELETE FROM usage_minutes WHERE client_id = $1 AND decision = 'ip_not_allowed'`, [mine])
    const later = await recentUsageOfClient({ ctx: cast.viewer, input: { clientId: mine } }, NOW)
    expect(later.denials[0]?.lastAt).toEqual(new Date('2026-11-22T10:00:00Z'))
  })

  it('of all clients of a team', async () => {
    const all = await recentUsageOfClients({ ctx: cast.viewer, input: { teamId: cast.teamId } }, NOW)
    expect([...all.keys()].sort()).toEqual([mine, other].sort())
    expect(all.get(other)).toMatchObject({ requests: 2, failed: 1, errorShare: 0.5 })
    const some = await recentUsageOfClients({ ctx: cast.viewer, input: { teamId: cast.teamId, clientIds: [mine, 'cl_none'] } }, NOW)
    expect([...some]).toEqual([[mine, all.get(mine)]])
  })

  it('of the clients that a limited member may see', async () => {
    const limited = await makeMember(cast.teamId, ['usage.read'], [other])
    expect([...(await recentUsageOfClients({ ctx: limited, input: { teamId: cast.teamId } }, NOW)).keys()]).toEqual([other])
    expect(await outcome(recentUsageOfClient({ ctx: limited, input: { clientId: mine } }))).toBe('not_found')
    expect((await recentUsageOfClients({ ctx: limited, input: { teamId: cast.teamId, clientIds: [mine] } }, NOW)).size).toBe(0)
  })

  it('of a client without requests', async () => {
    const quiet = await makeClientRow(cast.teamId)
    const usage = await recentUsageOfClient({ ctx: cast.owner, input: { clientId: quiet } }, NOW)
    expect(usage).toEqual({ requests: 0, failed: 0, errorShare: null, hours: new Array(24).fill(0), latency: null, denials: [] })
  })

  it.each([
    ['owner', 'ok'],
    ['stranger', 'not_found'],
    ['nobody', 'unauthenticated'],
  ] as const)('is for %s: %s', async (actor, expected) => {
    expect(await outcome(recentUsageOfClients({ ctx: cast[actor], input: { teamId: cast.teamId } }))).toBe(expected)
    expect(await outcome(recentUsageOfClient({ ctx: cast[actor], input: { clientId: mine } }))).toBe(expected)
  })

  it('is not for a member without the permission', async () => {
    const member = await makeMember(cast.teamId, ['clients.read'])
    expect(await outcome(recentUsageOfClients({ ctx: member, input: { teamId: cast.teamId } }))).toBe('permission_denied')
    expect(await outcome(recentUsageOfClient({ ctx: member, input: { clientId: mine } }))).toBe('permission_denied')
  })
})

describe('the latency buckets', () => {
  it('are the same in PostgreSQL and here', async () => {
    const times = [0, ...LATENCY_BOUNDS_MS, 1e9]
    const { rows } = await pool().query<{ bucket: number }>('SELECT request_latency_bucket(t) AS bucket FROM unnest($1::float8[]) t', [
      times,
    ])
    expect(rows.map(({ bucket }) => bucket)).toEqual([...times.slice(0, -1).map((_, index) => index + 1), LATENCY_BUCKETS])
  })
})

describe('rows', () => {
  it('reach the log whatever their day', async () => {
    const far = requestRow({ teamId: cast.teamId, clientId: mine, at: new Date('2031-05-05T05:05:05Z') })
    recordRequest(far)
    await flushRequests()
    expect(await db().requestLog.count({ where: { requestId: far.requestId } })).toBe(1)
    // The partition is made after its first row: nothing is lost or counted twice.
    await pool().query(`SELECT create_request_logs_partition('2031-05-05')`)
    const { rows } = await pool().query('SELECT tableoid::regclass::text AS part FROM request_logs WHERE request_id = $1', [far.requestId])
    expect(rows).toEqual([{ part: 'request_logs_20310505' }])
    const { rows: counted } = await pool().query(`SELECT requests FROM usage_hours WHERE at = '2031-05-05T05:00:00Z'`)
    expect(counted).toEqual([{ requests: 1 }])
  })
})
