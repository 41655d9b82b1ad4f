import { beforeEach, describe, expect, it } from 'vitest'
import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { setPlan } from '#lib/plans/index.ts'
import { type Cast, makeCast, makeMember, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { listTeamAlerts } from './list-team-alerts.ts'
import { watchQuota } from './watch-quota.ts'

useTestDatabase()
const now = new Date('2026-11-22T12:00:00Z')
let cast: Cast

beforeEach(async () => {
  cast = await makeCast()
  await db().mail.deleteMany()
  await db().user.updateMany({ data: { emailVerifiedAt: new Date() } })
  await setPlan({ ctx: cast.system, input: { teamId: cast.teamId, plan: 'free' } })
})

const used = (requests: number, month = '2026-11-01') =>
  db().monthlyUsage.upsert({
    where: { teamId_month: { teamId: cast.teamId, month: new Date(month) } },
    create: { teamId: cast.teamId, month: new Date(month), requests },
    update: { requests },
  })
const alerts = (at = now) => listTeamAlerts({ ctx: cast.owner, input: { teamId: cast.teamId } }, at)
const kinds = async (at = now) => (await alerts(at)).map(({ kind }) => kind).sort()
const mails = () => db().mail.count({ where: { template: 'team_alert' } })

describe('the month of a team', () => {
  it.each([
    [39_999, []],
    [40_000, ['quota_80']],
    [49_999, ['quota_80']],
    [50_000, ['quota_100']],
  ])('%i of 50,000: %j', async (requests, expected) => {
    await used(requests)
    await watchQuota(now)
    expect(await kinds()).toEqual(expected)
    expect(await mails()).toBe(expected.length)
  })

  it('each is told once, by however many processes, and the end after the approach', async () => {
    await used(41_000)
    await Promise.all(Array.from({ length: 4 }, () => watchQuota(now)))
    await used(45_000)
    await watchQuota(now)
    expect(await alerts()).toMatchObject([{ kind: 'quota_80', evidence: { used: 41_000, quota: 50_000 } }])
    await used(50_000)
    await Promise.all(Array.from({ length: 4 }, () => watchQuota(now)))
    await watchQuota(now)
    expect(await kinds()).toEqual(['quota_100', 'quota_80'])
    expect(await mails()).toBe(2)
  })

  it('begins anew with the month, and with another limit', async () => {
    await used(50_000)
    await watchQuota(now)
    const december = new Date('2026-12-01T00:00:00Z')
    await watchQuota(december)
    expect(await kinds(december)).toEqual([])
    await setPlan({ ctx: cast.system, input: { teamId: cast.teamId, plan: 'pro' } })
    await watchQuota(now)
    expect(await kinds()).toEqual([])
    await db().team.update({ where: { id: cast.teamId }, data: { overridePerMonth: 60_000 } })
    await watchQuota(now)
    expect(await kinds()).toEqual(['quota_80'])
    expect(await mails()).toBe(2)
  })

  it('says nothing without a plan, after its end, or of a month that is over', async () => {
    await used(50_000, '2026-10-01')
    await watchQuota(now)
    await used(50_000)
    await db().team.update({ where: { id: cast.teamId }, data: { planEndsAt: now } })
    await watchQuota(now)
    await db().team.update({ where: { id: cast.teamId }, data: { planKey: null, planEndsAt: null } })
    await watchQuota(now)
    expect(await db().alert.count({ where: { teamId: cast.teamId } })).toBe(0)
  })
})

it('is told to members who may read usage, by actor', async () => {
  const { owner, viewer, stranger, nobody, system, teamId } = cast
  const without = await makeMember(teamId, ['clients.read'])
  const list = (ctx: Ctx) => outcome(listTeamAlerts({ ctx, input: { teamId } }))
  expect(await Promise.all([owner, viewer, system, without, stranger, nobody].map(list))).toEqual([
    'ok',
    'ok',
    'ok',
    'permission_denied',
    'not_found',
    'unauthenticated',
  ])
})
