import { beforeAll, describe, expect, it } from 'vitest'
import { db, pool } from '#lib/db.ts'
import { flushRequests, type RequestRow, recordRequest } from '#lib/requests/index.ts'
import { type Cast, makeCast, makeClientRow, makeMember, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { planUse } from './plan-use.ts'
import { requestRow } from './testing.ts'
import { usageReport } from './usage-report.ts'

useTestDatabase()

const NOW = new Date('2026-11-24T10:20:00Z')
const DAY = 86_400_000
let cast: Cast
let clients: string[]
let rows: RequestRow[]

const pick = <T>(from: readonly T[], n: number): T => from[n % from.length] as T

beforeAll(async () => {
  cast = await makeCast()
  clients = [await makeClientRow(cast.teamId), await makeClientRow(cast.teamId)]
  const kinds = [
    { endpoint: 'GET v1/whoami', status: 200, decision: 'ok' },
    { endpoint: 'login', status: 303, decision: 'ok' },
    { endpoint: 'token:refresh_token', status: 200, decision: 'ok' },
    { endpoint: 'POST sign-token-verify', status: 200, decision: 'ok' },
    { endpoint: 'POST get/user/info', status: 403, decision: 'ip_not_allowed' },
    { endpoint: 'token:refresh_token', status: 400, decision: 'invalid_grant' },
    { endpoint: 'authorization', status: 303, decision: 'access_denied' },
    { endpoint: 'GET v1/users', status: 500, decision: 'internal_error' },
  ]
  // Spread over 70 days and all hours, by numbers without a common divisor.
  rows = Array.from({ length: 4_000 }, (_, n) =>
    requestRow({
      ...pick(kinds, n * 7),
      teamId: cast.teamId,
      clientId: pick(clients, n),
      domainId: pick(['dom_a', 'dom_b', null], n),
      accountId: pick(['101', '102', '103', '104', '105', null, null], n),
      mode: pick(['live', 'live', 'test'] as const, n * 5),
      at: new Date(NOW.getTime() - ((n * 7_919 * 997) % (70 * DAY))),
      durationMs: (n * 31) % 977,
    }),
  )
  for (const row of rows) recordRequest(row)
  await flushRequests()
})

const within = (from: Date, to: Date, only = (_: RequestRow) => true) => rows.filter((row) => row.at >= from && row.at < to && only(row))
const failed = (row: RequestRow) => row.decision !== 'ok' || row.status >= 400

describe.each([
  [{ range: '1h' }],
  [{ range: '24h' }],
  [{ range: '7d' }],
  [{ range: '30d' }],
  [{ range: '30d', zone: 'Europe/Amsterdam' }],
  [{ range: 'custom', from: '2026-10-01', to: '2026-10-31', zone: 'America/New_York' }],
  [{ range: 'custom', from: '2026-01-01', to: '2026-11-24' }],
])('the report of %o', (range) => {
  it.each(['team', 'client', 'limited'] as const)('equals a count over the rows: %s', async (whose) => {
    const [mine = ''] = clients
    const ctx = whose === 'limited' ? await makeMember(cast.teamId, ['usage.read'], [mine]) : cast.viewer
    const report = await usageReport(
      { ctx, input: { ...range, ...(whose === 'client' ? { clientId: mine } : { teamId: cast.teamId }) } },
      NOW,
    )
    const seen = (row: RequestRow) => whose === 'team' || row.clientId === mine
    const { from, to, previous } = report.range
    const now = within(from, to, seen)
    expect(report.totals).toMatchObject({
      requests: now.length,
      failed: now.filter(failed).length,
      refused: now.filter((row) => row.decision !== 'ok' && row.status < 500).length,
      logins: now.filter((row) => ['login', 'POST sign-token-verify'].includes(row.endpoint ?? '') && row.decision === 'ok').length,
      tokens: now.filter((row) => row.endpoint === 'token:refresh_token' && row.decision === 'ok').length,
    })
    expect(report.previous?.requests ?? 0).toBe(within(previous.from, previous.to, seen).length)
    for (const bucket of report.buckets) {
      const inside = within(bucket.from, bucket.to, seen)
      expect([bucket.requests, bucket.failed]).toEqual([inside.length, inside.filter(failed).length])
    }
    if (report.range.key !== '1h') {
      const by = (key: 'endpoint' | 'mode' | 'decision' | 'domainId' | 'clientId') =>
        Object.fromEntries([...Map.groupBy(now, (row) => row[key])].filter(([id]) => id !== null).map(([id, group]) => [id, group.length]))
      const shown = (shares: { id: string; requests: number }[]) => Object.fromEntries(shares.map((share) => [share.id, share.requests]))
      expect(shown(report.endpoints)).toEqual(by('endpoint'))
      expect(shown(report.modes)).toEqual(by('mode'))
      expect(shown(report.causes)).toEqual((({ ok: _, ...causes }) => causes)(by('decision')))
      expect(shown(report.domains)).toEqual(by('domainId'))
      expect(shown(report.clients)).toEqual(whose === 'client' ? {} : by('clientId'))
    }
  })
})

describe('active people', () => {
  it('are counted once in a range, by the hour and by the day', async () => {
    const people = (from: Date, to: Date) =>
      new Set(within(from, to, (row) => row.decision === 'ok' && row.accountId !== null).map((row) => row.accountId)).size
    for (const range of ['24h', '30d']) {
      const { range: shown, totals, buckets } = await usageReport({ ctx: cast.owner, input: { teamId: cast.teamId, range } }, NOW)
      expect(totals.people).toBe(people(shown.from, shown.to))
      expect(buckets.map((bucket) => bucket.people)).toEqual(buckets.map(({ from, to }) => people(from, to)))
    }
  })

  it('are not told further back than they are kept', async () => {
    const input = { teamId: cast.teamId, range: 'custom', from: '2026-06-01', to: '2026-06-30' }
    expect((await usageReport({ ctx: cast.owner, input }, NOW)).totals.people).toBeNull()
  })
})

describe('the use of the plan', () => {
  it('tells the day it ends at the pace of the last week', async () => {
    expect(await planUse({ ctx: cast.owner, input: { teamId: cast.teamId } }, NOW)).toBeNull()
    await db().team.update({ where: { id: cast.teamId }, data: { planKey: 'free', overridePerMonth: 1_000 } })
    await pool().query(`INSERT INTO monthly_usage (team_id, month, requests) VALUES ($1, '2026-11-01', 900)`, [cast.teamId])
    const counted = within(
      new Date(NOW.getTime() - 7 * DAY),
      NOW,
      (row) => row.mode === 'live' && row.decision === 'ok' && / /.test(row.endpoint ?? ''),
    )
    const use = await planUse({ ctx: cast.viewer, input: { teamId: cast.teamId } }, NOW)
    expect(use).toMatchObject({ plan: 'Free', perMonth: 1_000, used: 900, resetsAt: new Date('2026-12-01T00:00:00Z') })
    expect(Math.abs((use?.perDay ?? 0) * 7 - counted.length)).toBeLessThanOrEqual(1)
    const days = 100 / (use?.perDay ?? 0)
    expect(use?.endsAt).toEqual(days < 6.57 ? new Date(NOW.getTime() + days * DAY) : null)
    await db().team.update({ where: { id: cast.teamId }, data: { overridePerMonth: 1_000_000 } })
    expect((await planUse({ ctx: cast.viewer, input: { teamId: cast.teamId } }, NOW))?.endsAt).toBeNull()
    await db().team.update({ where: { id: cast.teamId }, data: { overridePerMonth: 900 } })
    expect((await planUse({ ctx: cast.viewer, input: { teamId: cast.teamId } }, NOW))?.endsAt).toEqual(NOW)
  })
})

it.each([
  ['stranger', 'not_found'],
  ['nobody', 'unauthenticated'],
] as const)('the report is not for %s', async (actor, expected) => {
  expect(await outcome(usageReport({ ctx: cast[actor], input: { teamId: cast.teamId } }))).toBe(expected)
  expect(await outcome(usageReport({ ctx: cast[actor], input: { clientId: clients[0] ?? '' } }))).toBe(expected)
  expect(await outcome(planUse({ ctx: cast[actor], input: { teamId: cast.teamId } }))).toBe(expected)
})

it('the report is not for a member without the permission', async () => {
  const member = await makeMember(cast.teamId, ['clients.read', 'logs.read'])
  expect(await outcome(usageReport({ ctx: member, input: { teamId: cast.teamId } }))).toBe('permission_denied')
})
