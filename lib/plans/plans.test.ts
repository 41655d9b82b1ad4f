import { beforeEach, describe, expect, it } from 'vitest'
import { db, transaction } from '#lib/db.ts'
import type { Cast } from '#lib/testing/cast.ts'
import { makeCast, outcome, testContext } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { activateFree, activePlan, lockTeamPlan, planOf, setPlan } from './index.ts'

describe('plans', () => {
  useTestDatabase()
  let cast: Cast

  beforeEach(async () => {
    cast = await makeCast()
  })

  it('has no limits to go by without a plan, and the Free ones after activation', async () => {
    expect(await planOf(cast.teamId)).toBeNull()
    await transaction((tx) => activateFree(tx, cast.owner, cast.teamId))
    expect(await planOf(cast.teamId)).toMatchObject({ key: 'free', maxClients: 10, perMinute: 120, perMonth: 50_000 })
  })

  it('activates once, also when two ask at the same time', async () => {
    await Promise.all([1, 2, 3].map(() => transaction((tx) => activateFree(tx, cast.owner, cast.teamId))))
    expect(await db().auditEvent.count({ where: { teamId: cast.teamId, action: 'plan.activated' } })).toBe(1)
  })

  it('does not revive or replace a plan', async () => {
    await db().team.update({ where: { id: cast.teamId }, data: { planKey: 'pro', planEndsAt: new Date(Date.now() - 1000) } })
    expect(await transaction((tx) => activateFree(tx, cast.owner, cast.teamId))).toBeNull()
    expect((await db().team.findUniqueOrThrow({ where: { id: cast.teamId } })).planKey).toBe('pro')
  })

  it('puts the overrides of a team over its plan, zero included, and ends on the instant', async () => {
    const planEndsAt = new Date('2030-01-01T00:00:00Z')
    await db().team.update({
      where: { id: cast.teamId },
      data: { planKey: 'enterprise', overrideMaxClients: 0, overridePerMinute: 7, planEndsAt },
    })
    const team = await transaction((tx) => lockTeamPlan(tx, cast.teamId))
    expect(activePlan(team)).toMatchObject({ maxClients: 0, perMinute: 7, maxMembers: null, retentionDays: 90 })
    expect(activePlan(team, planEndsAt)).toBeNull()
    expect(activePlan(team, new Date(planEndsAt.getTime() - 1))).not.toBeNull()
  })

  it('is set by the system and operators only', async () => {
    const set = (ctx: Cast['owner']) => outcome(setPlan({ ctx, input: { teamId: cast.teamId, plan: 'Pro' } }))
    expect(await set(cast.owner)).toBe('not_found')
    expect(await set(cast.stranger)).toBe('not_found')
    expect(await set(cast.nobody)).toBe('unauthenticated')
    const { actor } = cast.stranger
    expect(await set(testContext(actor.kind === 'user' ? { ...actor, isOperator: true } : actor))).toBe('ok')
    expect(await setPlan({ ctx: cast.system, input: { teamId: cast.teamId, plan: 'enterprise' } })).toMatchObject({
      plan: 'enterprise',
      previous: 'pro',
    })
    expect(await outcome(setPlan({ ctx: cast.system, input: { teamId: cast.teamId, plan: 'gold' } }))).toBe('validation_failed')
    expect(await outcome(setPlan({ ctx: cast.system, input: { teamId: 'tm_none', plan: 'pro' } }))).toBe('not_found')
    const events = await db().auditEvent.findMany({ where: { teamId: cast.teamId, action: 'plan.changed' }, orderBy: { at: 'asc' } })
    expect(events.map(({ before, after }) => [before, after])).toEqual([
      [{ plan: null }, { plan: 'pro' }],
      [{ plan: 'pro' }, { plan: 'enterprise' }],
    ])
  })
})
