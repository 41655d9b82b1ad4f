import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { type Cast, makeCast, makeUser, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { editPlan, getTeamLimits, listPlanDetails, planOf, setPlan, setTeamLimits } from './index.ts'
import type { EditPlanInput, SetTeamLimitsInput } from './schemas.ts'

useTestDatabase()
let cast: Cast
let operator: Ctx

beforeAll(async () => {
  const user = await makeUser('operator')
  operator = { ...user, actor: { ...user.actor, isOperator: true } as Ctx['actor'] }
})

beforeEach(async () => {
  cast = await makeCast()
  await setPlan({ ctx: cast.system, input: { teamId: cast.teamId, plan: 'free' } })
})

const FREE = { maxClients: '10', maxMembers: '5', perMinute: '120', perMonth: '50000', retentionDays: '7', maxRefreshDays: '90' }
const edit = (more: Partial<EditPlanInput> = {}, ctx = operator) => editPlan({ ctx, input: { plan: 'free', ...FREE, ...more } })
const NONE = { maxClients: '', maxMembers: '', perMinute: '', perMonth: '', retentionDays: '' }
const own = (more: Partial<SetTeamLimitsInput> = {}, ctx = operator) =>
  setTeamLimits({ ctx, input: { teamId: cast.teamId, ...NONE, ...more } })
const audited = (action: string) => db().auditEvent.findMany({ where: { action }, orderBy: { at: 'asc' } })

it('is for operators and the system; to anyone else nothing of it exists', async () => {
  const { owner, admin, viewer, stranger, nobody, system, teamId } = cast
  const verbs = {
    edit: (ctx: Ctx) => edit({}, ctx),
    list: (ctx: Ctx) => listPlanDetails({ ctx }),
    own: (ctx: Ctx) => own({}, ctx),
    get: (ctx: Ctx) => getTeamLimits({ ctx, input: { teamId } }),
  }
  for (const [name, verb] of Object.entries(verbs)) {
    const refused = await Promise.all([owner, admin, viewer, stranger, nobody].map((ctx) => outcome(verb(ctx))))
    expect(refused, name).toEqual(['not_found', 'not_found', 'not_found', 'not_found', 'unauthenticated'])
    expect([await outcome(verb(operator)), await outcome(verb(system))], name).toEqual(['ok', 'ok'])
  }
})

describe('the limits of a plan', () => {
  it('hold for its teams at once, are recorded once, and empty means unlimited', async () => {
    await db().auditEvent.deleteMany()
    await edit({ maxClients: '', perMinute: '240' })
    await edit({ maxClients: '', perMinute: '240' })
    expect(await planOf(cast.teamId)).toMatchObject({ maxClients: null, perMinute: 240, perMonth: 50_000 })
    const [event, ...more] = await audited('plan.edited')
    expect(more).toEqual([])
    expect(event).toMatchObject({ teamId: null, before: { maxClients: 10, perMinute: 120 }, after: { maxClients: null, perMinute: 240 } })
    await edit()
    expect((await planOf(cast.teamId))?.maxClients).toBe(10)
  })

  it('come with the number of teams', async () => {
    const plans = await listPlanDetails({ ctx: operator })
    expect(plans.map(({ key }) => key)).toEqual(['free', 'pro', 'enterprise'])
    expect(plans[0]?.teams).toBeGreaterThan(0)
    expect(plans[0]).toMatchObject({ perMinute: 120, maxRefreshDays: 90 })
  })

  it.each([
    [{ perMinute: '' }, 'perMinute'],
    [{ perMinute: '0' }, 'perMinute'],
    [{ perMonth: '-5' }, 'perMonth'],
    [{ perMonth: '1e9' }, 'perMonth'],
    [{ perMonth: '99999999999' }, 'perMonth'],
    [{ retentionDays: '731' }, 'retentionDays'],
    [{ maxRefreshDays: 'x' }, 'maxRefreshDays'],
    [{ maxClients: '1.5' }, 'maxClients'],
  ])('refuses %j', async (more, path) => {
    await expect(edit(more)).rejects.toMatchObject({ code: 'validation_failed', fields: [{ path }] })
  })

  it('knows no other plans', async () => {
    expect(await outcome(edit({ plan: 'gold' }))).toBe('not_found')
  })
})

describe('the limits of a team', () => {
  it('go over its plan, are told to the team, and go away', async () => {
    expect(await own({ perMinute: '500', maxMembers: 9 })).toMatchObject({
      overrides: { perMinute: 500, maxMembers: 9, maxClients: null },
      planned: { perMinute: 120, maxMembers: 5 },
      effective: { perMinute: 500, maxMembers: 9, maxClients: 10 },
    })
    await setPlan({ ctx: cast.system, input: { teamId: cast.teamId, plan: 'pro' } })
    expect(await planOf(cast.teamId)).toMatchObject({ key: 'pro', perMinute: 500, maxClients: 100 })
    await own()
    await own()
    expect(await planOf(cast.teamId)).toMatchObject({ perMinute: 1200 })
    const events = (await audited('plan.limits_changed')).filter(({ teamId }) => teamId === cast.teamId)
    expect(events.map(({ after }) => (after as { perMinute: number | null }).perMinute)).toEqual([500, null])
  })

  it('of a team without a plan wait for one; of none are not found', async () => {
    await db().team.update({ where: { id: cast.teamId }, data: { planKey: null } })
    expect(await own({ perMinute: '500' })).toMatchObject({ effective: null, planned: null, overrides: { perMinute: 500 } })
    expect(await outcome(own({ teamId: 'tm_none' }))).toBe('not_found')
    for (const teamId of ['tm_none', '\0', "' OR 1=1"])
      expect(await outcome(getTeamLimits({ ctx: operator, input: { teamId } }))).toBe('not_found')
    expect(await outcome(own({ perMonth: 'many' }))).toBe('validation_failed')
  })
})
