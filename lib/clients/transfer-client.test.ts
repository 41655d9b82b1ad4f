import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '#lib/db.ts'
import { type Cast, makeCast, makeMember, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { createClient, getClient, transferClient } from './index.ts'

async function join(teamId: string, ctx: Cast['owner'], role: string): Promise<void> {
  const userId = ctx.actor.kind === 'user' ? ctx.actor.userId : ''
  await db().member.create({ data: { teamId, userId, roleId: `rol_${role}` } })
}

describe('transferring a client', () => {
  useTestDatabase()
  let cast: Cast
  let clientId: string

  beforeEach(async () => {
    cast = await makeCast()
    clientId = (await createClient({ ctx: cast.owner, input: { teamId: cast.teamId, name: 'Shop' } })).client.id
  })

  const transfer = (ctx: Cast['owner'], toTeamId = cast.strangerTeamId) => outcome(transferClient({ ctx, input: { clientId, toTeamId } }))

  it.each([
    ['owner', 'ok'],
    ['admin', 'ok'],
    ['developer', 'permission_denied'],
    ['viewer', 'permission_denied'],
    ['stranger', 'not_found'],
    ['nobody', 'unauthenticated'],
    ['system', 'ok'],
  ] as const)('%s, who may create in the other team: %s', async (actor, expected) => {
    if (actor !== 'nobody' && actor !== 'system' && actor !== 'stranger') await join(cast.strangerTeamId, cast[actor], 'developer')
    expect(await transfer(cast[actor])).toBe(expected)
    expect((await db().client.findUnique({ where: { id: clientId } }))?.teamId).toBe(expected === 'ok' ? cast.strangerTeamId : cast.teamId)
  })

  it('needs the right to create in the other team, which a stranger does not learn of', async () => {
    expect(await transfer(cast.owner)).toBe('not_found')
    expect(await transfer(cast.owner, 'tm_none')).toBe('not_found')
    await join(cast.strangerTeamId, cast.owner, 'viewer')
    expect(await transfer(cast.owner)).toBe('permission_denied')
    expect(await transfer(cast.owner, cast.teamId)).toBe('conflict')
  })

  it('changes who may see it, keeps its secrets, and is in the audit trail of both teams', async () => {
    const limited = await makeMember(cast.teamId, ['clients.read'], [clientId])
    await join(cast.strangerTeamId, cast.owner, 'admin')
    const { client: sibling } = await createClient({ ctx: cast.owner, input: { teamId: cast.teamId, name: 'API' } })
    await db().introspectionPartner.create({ data: { clientId, partnerId: sibling.id } })
    await db().tokenExchangePair.create({ data: { clientId: sibling.id, subjectClientId: clientId } })
    expect(await transfer(cast.owner)).toBe('ok')
    expect(await db().introspectionPartner.count()).toBe(0)
    expect(await db().tokenExchangePair.count()).toBe(0)
    expect(await outcome(getClient({ ctx: cast.stranger, input: { clientId } }))).toBe('ok')
    for (const actor of [cast.admin, cast.viewer, limited])
      expect(await outcome(getClient({ ctx: actor, input: { clientId } }))).toBe('not_found')
    expect(await db().memberClient.count({ where: { clientId } })).toBe(0)
    expect((await getClient({ ctx: cast.stranger, input: { clientId } })).secrets).toMatchObject([{ state: 'active' }])
    const events = await db().auditEvent.findMany({
      where: { targetId: clientId, action: { in: ['client.transferred', 'client.received'] } },
    })
    expect(new Map(events.map(({ action, teamId }) => [action, teamId]))).toEqual(
      new Map([
        ['client.transferred', cast.teamId],
        ['client.received', cast.strangerTeamId],
      ]),
    )
  })

  it('minds the plan of the other team, also when two arrive at once', async () => {
    await join(cast.strangerTeamId, cast.owner, 'admin')
    await createClient({ ctx: cast.stranger, input: { teamId: cast.strangerTeamId, name: 'Only one' } })
    await db().team.update({ where: { id: cast.strangerTeamId }, data: { overrideMaxClients: 2 } })
    const other = await createClient({ ctx: cast.owner, input: { teamId: cast.teamId, name: 'Other' } })
    const both = [clientId, other.client.id].map((id) =>
      outcome(transferClient({ ctx: cast.owner, input: { clientId: id, toTeamId: cast.strangerTeamId } })),
    )
    expect((await Promise.all(both)).sort()).toEqual(['limit_reached', 'ok'])
  })

  it('tells the later of two editors', async () => {
    await join(cast.strangerTeamId, cast.owner, 'admin')
    expect(await outcome(transferClient({ ctx: cast.owner, input: { clientId, toTeamId: cast.strangerTeamId, version: 7 } }))).toBe(
      'conflict',
    )
  })
})
