import { beforeEach, describe, expect, it } from 'vitest'
import { createClient } from '#lib/clients/index.ts'
import { db } from '#lib/db.ts'
import { inviteMember } from '#lib/invitations/index.ts'
import { takeLiveRequest } from '#lib/limits/index.ts'
import { setPlan } from '#lib/plans/index.ts'
import { decrypt } from '#lib/secrets/index.ts'
import { type Cast, makeCast, makeClientRow, makeMember, makeUser, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { changePlan, getTeamPlan, requestPlan, withdrawPlanRequest } from './index.ts'

useTestDatabase()
let cast: Cast

const everyone = ['owner', 'admin', 'developer', 'viewer', 'stranger', 'nobody'] as const
const expected = {
  owner: 'ok',
  admin: 'permission_denied',
  developer: 'permission_denied',
  viewer: 'permission_denied',
  stranger: 'not_found',
  nobody: 'unauthenticated',
}

beforeEach(async () => {
  cast = await makeCast()
})

const change = (plan: string, ctx = cast.owner) => changePlan({ ctx, input: { teamId: cast.teamId, plan } })
const overview = (ctx = cast.owner) => getTeamPlan({ ctx, input: { teamId: cast.teamId } })

describe('changePlan', () => {
  it.each(everyone)('%s', async (actor) => {
    expect(await outcome(change('free', cast[actor]))).toBe(expected[actor])
  })

  it('activates, changes up and down, revives an ended plan, and records each', async () => {
    await change('free')
    await change('pro')
    await change('pro')
    await db().team.update({ where: { id: cast.teamId }, data: { planEndsAt: new Date(0) } })
    expect(await change('pro')).toMatchObject({ key: 'pro' })
    expect((await overview()).current?.key).toBe('pro')
    const events = await db().auditEvent.findMany({
      where: { teamId: cast.teamId, action: { startsWith: 'plan.' } },
      orderBy: { at: 'asc' },
    })
    expect(events.map(({ action, after }) => [action, after])).toEqual([
      ['plan.activated', { plan: 'free' }],
      ['plan.changed', { plan: 'pro' }],
      ['plan.changed', { plan: 'pro' }],
    ])
  })

  it('says how many clients and members have to go first', async () => {
    await change('pro')
    for (let count = 0; count < 12; count++) await makeClientRow(cast.teamId)
    await expect(change('free')).rejects.toMatchObject({
      code: 'conflict',
      params: { reason: 'plan_clients', have: 12, allowed: 10, remove: 2 },
    })
    await db().client.updateMany({ where: { teamId: cast.teamId }, data: { deletedAt: new Date() } })
    await makeMember(cast.teamId, [])
    await inviteMember({ ctx: cast.owner, input: { teamId: cast.teamId, email: 'x@example.test', roleId: 'rol_viewer' } })
    await expect(change('free')).rejects.toMatchObject({ params: { reason: 'plan_members', have: 6, allowed: 5, remove: 1 } })
  })

  it('gives no plan by agreement, and none that is not there', async () => {
    await expect(change('enterprise')).rejects.toMatchObject({ params: { reason: 'plan_agreement' } })
    expect(await outcome(change('gold'))).toBe('validation_failed')
  })

  it('lets nobody slip a client in beside the change', async () => {
    await change('pro')
    for (let count = 0; count < 10; count++) await makeClientRow(cast.teamId)
    const results = await Promise.all([
      outcome(change('free')),
      outcome(createClient({ ctx: cast.owner, input: { teamId: cast.teamId, name: 'One more' } })),
    ])
    const clients = await db().client.count({ where: { teamId: cast.teamId } })
    expect([results.join(), clients]).toEqual(results[0] === 'ok' ? ['ok,limit_reached', 10] : ['conflict,ok', 11])
  })
})

describe('getTeamPlan', () => {
  it.each([
    ['owner', 'ok'],
    ['viewer', 'ok'],
    ['stranger', 'not_found'],
    ['nobody', 'unauthenticated'],
  ] as const)('%s: %s', async (actor, wanted) => {
    expect(await outcome(overview(cast[actor]))).toBe(wanted)
  })

  it('counts what is used, and tells requests to those who may read usage', async () => {
    expect(await overview()).toMatchObject({ current: null, ended: null, usage: { clients: 0, members: 4, requests: 0 } })
    await change('free')
    await makeClientRow(cast.teamId)
    await takeLiveRequest(cast.teamId, 10, new Date())
    expect(await overview(cast.viewer)).toMatchObject({
      current: { key: 'free', perMinute: 120 },
      usage: { clients: 1, members: 4, requests: 1 },
    })
    expect((await overview(await makeMember(cast.teamId, ['clients.read']))).usage.requests).toBeNull()
    await db().team.update({ where: { id: cast.teamId }, data: { planEndsAt: new Date(0) } })
    expect(await overview()).toMatchObject({ current: null, ended: { name: 'Free' } })
  })

  it('says of each plan what stands in its way', async () => {
    await change('pro')
    for (let count = 0; count < 11; count++) await makeClientRow(cast.teamId)
    const { offers } = await overview()
    expect(offers.map(({ key, current, byAgreement, blockers }) => [key, current, byAgreement, blockers.length])).toEqual([
      ['free', false, false, 1],
      ['pro', true, false, 0],
      ['enterprise', false, true, 0],
    ])
  })
})

describe('requestPlan and withdrawPlanRequest', () => {
  const ask = (ctx = cast.owner, message = 'We need 300 clients') => requestPlan({ ctx, input: { teamId: cast.teamId, message } })
  const withdraw = (ctx = cast.owner) => withdrawPlanRequest({ ctx, input: { teamId: cast.teamId } })

  it.each(everyone)('%s', async (actor) => {
    expect(await outcome(ask(cast[actor]))).toBe(expected[actor])
    if (actor !== 'owner') await ask()
    expect(await outcome(withdraw(cast[actor]))).toBe(expected[actor])
  })

  it('mails every operator, once a request', async () => {
    const operator = await makeUser('operator')
    await db().user.update({ where: { id: operator.userId }, data: { isOperator: true, locale: 'nl' } })
    const results = await Promise.all([1, 2, 3].map(() => outcome(ask())))
    expect(results.sort()).toEqual(['conflict', 'conflict', 'ok'])
    const mails = await db().mail.findMany({ where: { template: 'plan_request', locale: 'nl' } })
    expect(mails).toHaveLength(1)
    const { to, params } = JSON.parse(decrypt('mail', mails[0]?.content as Uint8Array, mails[0]?.id ?? '').toString())
    expect([to, params.teamId, params.plan, params.message]).toEqual([operator.email, cast.teamId, 'enterprise', 'We need 300 clients'])
    expect((await overview(cast.viewer)).request).toMatchObject({ by: 'owner', message: 'We need 300 clients' })
  })

  it('mails the operators ten times a day at most, however often it is taken back', async () => {
    const tries: string[] = []
    for (let round = 0; round < 11; round++) {
      tries.push(await outcome(ask()))
      await withdraw().catch(() => {})
    }
    expect(tries).toEqual([...Array(10).fill('ok'), 'too_many_attempts'])
    expect(await outcome(ask(cast.admin))).toBe('permission_denied')
  })

  it('is answered when an operator sets a plan, and not asked for what is there', async () => {
    await ask()
    await setPlan({ ctx: cast.system, input: { teamId: cast.teamId, plan: 'enterprise' } })
    expect((await overview()).request).toBeNull()
    expect(await outcome(withdraw())).toBe('not_found')
    await expect(ask()).rejects.toMatchObject({ params: { reason: 'plan_current' } })
  })
})
