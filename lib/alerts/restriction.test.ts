import { beforeEach, describe, expect, it } from 'vitest'
import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { ask, codeOf, type GateFixture, makeGateFixture } from '#lib/gate/testing.ts'
import { makeMember, makeUser, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { getRestriction } from './get-restriction.ts'
import { liftRestriction } from './lift-restriction.ts'
import { restrictClient } from './restrict-client.ts'

useTestDatabase()
let gate: GateFixture

beforeEach(async () => {
  gate = await makeGateFixture()
})

describe('restricting by hand', () => {
  const input = () => ({ clientId: gate.clientId })
  const as = (ctx: Ctx, isOperator: boolean): Ctx => ({ ...ctx, actor: { ...ctx.actor, isOperator } as Ctx['actor'] })

  it('by actor', async () => {
    const { owner, admin, developer, viewer, stranger, nobody, system, teamId } = gate.cast
    const operator = as(await makeUser('operator'), true)
    const permitted = await makeMember(teamId, ['clients.read', 'clients.update'])
    const without = await makeMember(teamId, ['clients.read'])
    const elsewhere = await makeMember(teamId, ['clients.read', 'clients.update'], [])
    const results = { owner, admin, developer, permitted, operator, system, viewer, without, elsewhere, stranger, nobody }
    const expected = {
      owner: 'ok',
      admin: 'ok',
      developer: 'ok',
      permitted: 'ok',
      operator: 'ok',
      system: 'ok',
      viewer: 'permission_denied',
      without: 'permission_denied',
      elsewhere: 'not_found',
      stranger: 'not_found',
      nobody: 'unauthenticated',
    }
    const restricting: Record<string, string> = {}
    const lifting: Record<string, string> = {}
    for (const [who, ctx] of Object.entries(results)) {
      restricting[who] = await outcome(restrictClient({ ctx, input: { ...input(), reason: 'spam' } }))
      await liftRestriction({ ctx: system, input: input() })
      lifting[who] = await outcome(liftRestriction({ ctx, input: input() }))
    }
    expect(restricting).toEqual(expected)
    expect(lifting).toEqual(expected)
  })

  it('holds on the next request and loses nothing', async () => {
    const { owner } = gate.cast
    expect(await restrictClient({ ctx: owner, input: { ...input(), reason: ' leaked ' } })).toEqual({
      clientId: gate.clientId,
      restricted: true,
      reason: 'leaked',
      byOperator: false,
    })
    expect(codeOf(await ask(gate))).toBe('client_restricted')
    expect(await outcome(restrictClient({ ctx: owner, input: input() }))).toBe('ok')
    await liftRestriction({ ctx: owner, input: input() })
    expect(codeOf(await ask(gate))).toBe('ok')
    const events = await db().auditEvent.findMany({
      where: { targetId: gate.clientId, action: { startsWith: 'client.restrict' } },
      orderBy: { at: 'asc' },
    })
    expect(events.map(({ action }) => action)).toEqual(['client.restricted', 'client.restriction_lifted'])
  })

  it('a team cannot lift what an operator set, nor weaken it by restricting again', async () => {
    const { owner } = gate.cast
    const operator = as(await makeUser('operator'), true)
    await restrictClient({ ctx: owner, input: input() })
    expect(await restrictClient({ ctx: operator, input: { ...input(), reason: 'spam' } })).toMatchObject({
      byOperator: true,
      reason: 'spam',
    })
    expect(await restrictClient({ ctx: owner, input: { ...input(), reason: 'mine' } })).toMatchObject({ byOperator: true, reason: 'spam' })
    expect(await outcome(liftRestriction({ ctx: owner, input: input() }))).toBe('permission_denied')
    expect(codeOf(await ask(gate))).toBe('client_restricted')
    expect(await outcome(liftRestriction({ ctx: operator, input: input() }))).toBe('ok')
    expect(codeOf(await ask(gate))).toBe('ok')
  })

  it('is told to members who may read the client, by actor', async () => {
    const { owner, viewer, stranger, nobody, system, teamId } = gate.cast
    const elsewhere = await makeMember(teamId, ['clients.read'], [])
    expect(await getRestriction({ ctx: owner, input: input() })).toBeNull()
    await restrictClient({ ctx: system, input: { ...input(), reason: 'spam' } })
    const told = { reason: 'spam', byOperator: true, at: expect.stringMatching(/^\d{4}-.*Z$/) }
    for (const ctx of [owner, viewer, system]) expect(await getRestriction({ ctx, input: input() })).toEqual(told)
    const refused = [elsewhere, stranger, nobody].map((ctx) => outcome(getRestriction({ ctx, input: input() })))
    expect(await Promise.all(refused)).toEqual(['not_found', 'not_found', 'unauthenticated'])
  })

  it('an operator has to say why', async () => {
    const operator = as(await makeUser('operator'), true)
    for (const reason of [undefined, '', '  ']) {
      const restricting = restrictClient({ ctx: operator, input: { ...input(), ...(reason === undefined ? {} : { reason }) } })
      await expect(restricting).rejects.toMatchObject({ code: 'validation_failed', fields: [{ path: 'reason' }] })
    }
    expect(codeOf(await ask(gate))).toBe('ok')
  })

  it('refuses endless reasons', async () => {
    expect(await outcome(restrictClient({ ctx: gate.cast.owner, input: { ...input(), reason: 'x'.repeat(501) } }))).toBe(
      'validation_failed',
    )
  })
})
