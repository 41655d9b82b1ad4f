import { expect, it } from 'vitest'
import { db } from '#lib/db.ts'
import { makeUser } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { EQUAL, rollupDifferences } from '#lib/usage/testing.ts'
import { makeDemoClients } from './clients.ts'
import { logTraffic } from './log-traffic.ts'
import { refuseUnlessEmpty } from './make-demo.ts'
import { makeDemoMembers, makeDemoPeople } from './people.ts'
import { PROFILES } from './profiles.ts'

useTestDatabase()

it('makes clients in each state, with traffic that went through the log and the gate', async () => {
  await refuseUnlessEmpty()
  const { userId } = await makeUser('real')
  await expect(refuseUnlessEmpty()).rejects.toThrow('Somebody uses this installation.')
  await db().user.delete({ where: { id: userId } })
  const members = await makeDemoMembers()
  await expect(refuseUnlessEmpty()).rejects.toThrow('There is a demo already.')
  const clients = await makeDemoClients(members)
  const people = await makeDemoPeople(clients.slice(0, 1))
  const rows = await logTraffic({ clients, people, teamId: members.team.id, days: 5 }, () => {})
  expect(await db().requestLog.count()).toBe(rows)
  expect(rows).toBeGreaterThan(2_000)
  expect(await db().requestLog.count({ where: { at: { gt: new Date() } } })).toBe(0)
  expect(await rollupDifferences()).toEqual(EQUAL)

  const decisions = await db().requestLog.groupBy({ by: ['decision'] })
  const expected = [
    'ok',
    'invalid_credentials',
    'ip_not_allowed',
    'domain_not_allowed',
    'browser_refused',
    'invalid_grant',
    'access_denied',
  ]
  expect(decisions.map(({ decision }) => decision).sort()).toEqual(expected.sort())
  const [last] = await db().requestLog.findMany({
    where: { endpoint: 'login', decision: 'ok', accountId: { not: null }, clientId: clients[0]?.id ?? '' },
    orderBy: { at: 'desc' },
    take: 1,
  })
  const [newest] = await db().consent.findMany({
    where: { clientId: clients[0]?.id ?? '', lastLoginAt: { not: null } },
    orderBy: { lastLoginAt: 'desc' },
    include: { user: true },
  })
  expect([newest?.lastLoginAt, newest?.user.sub]).toEqual([last?.at, last?.accountId])
  expect(newest?.createdAt.getTime()).toBeLessThanOrEqual(newest?.lastLoginAt?.getTime() ?? 0)
  const states = await db().client.findMany({ where: { teamId: members.team.id } })
  expect(states.length).toBe(PROFILES.length)
  expect(states.filter(({ status }) => status === 'disabled').map(({ name }) => name)).toEqual(['Newsletter'])
  expect(states.filter(({ restrictedAt }) => restrictedAt).map(({ name }) => name)).toEqual(['Old importer'])
  const month = await db().monthlyUsage.aggregate({ _sum: { requests: true } })
  expect(Number(month._sum.requests)).toBeGreaterThan(500)
}, 60_000)
