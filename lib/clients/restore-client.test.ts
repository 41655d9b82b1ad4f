import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '#lib/db.ts'
import { type Cast, makeCast, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { createClient, deleteClient, getClient, purgeDeletedClients, restoreClient } from './index.ts'

const DAY_MS = 86_400_000

describe('restoring a client', () => {
  useTestDatabase()
  let cast: Cast
  let clientId: string

  beforeEach(async () => {
    cast = await makeCast()
    clientId = (await createClient({ ctx: cast.owner, input: { teamId: cast.teamId, name: 'Shop' } })).client.id
  })

  const restore = (ctx = cast.owner) => outcome(restoreClient({ ctx, input: { clientId } }))

  it.each([
    ['owner', 'ok'],
    ['admin', 'ok'],
    ['developer', 'permission_denied'],
    ['viewer', 'permission_denied'],
    ['stranger', 'not_found'],
    ['nobody', 'unauthenticated'],
    ['system', 'ok'],
  ] as const)('%s: %s', async (actor, expected) => {
    await deleteClient({ ctx: cast.owner, input: { clientId } })
    expect(await restore(cast[actor])).toBe(expected)
  })

  it('brings back domains and scopes, but no secrets', async () => {
    expect(await restore()).toBe('not_found')
    await deleteClient({ ctx: cast.owner, input: { clientId } })
    expect(await restore()).toBe('ok')
    expect(await restore()).toBe('not_found')
    const client = await getClient({ ctx: cast.owner, input: { clientId } })
    expect(client).toMatchObject({ name: 'Shop', status: 'active', domains: [{ host: 'localhost' }], secrets: [] })
    expect(client.scopes.length).toBeGreaterThan(0)
    expect(await db().auditEvent.count({ where: { targetId: clientId, action: 'client.restored' } })).toBe(1)
  })

  it('minds the plan', async () => {
    await deleteClient({ ctx: cast.owner, input: { clientId } })
    await db().team.update({ where: { id: cast.teamId }, data: { overrideMaxClients: 0 } })
    expect(await restore()).toBe('limit_reached')
  })

  it('is over after 30 days, when the client is purged with an audit event', async () => {
    const kept = await createClient({ ctx: cast.owner, input: { teamId: cast.teamId, name: 'Deleted today' } })
    for (const id of [clientId, kept.client.id]) await deleteClient({ ctx: cast.owner, input: { clientId: id } })
    await db().client.update({ where: { id: clientId }, data: { deletedAt: new Date(Date.now() - 30 * DAY_MS - 1000) } })
    expect(await restore()).toBe('not_found')
    expect(await purgeDeletedClients()).toBe(1)
    expect(await db().client.findMany({ where: { teamId: cast.teamId } })).toMatchObject([{ id: kept.client.id }])
    expect(await db().domain.count({ where: { clientId } })).toBe(0)
    expect(await db().auditEvent.findMany({ where: { action: 'client.purged' } })).toMatchObject([
      { targetId: clientId, teamId: cast.teamId, before: { name: 'Shop' } },
    ])
    expect(await outcome(restoreClient({ ctx: cast.owner, input: { clientId: kept.client.id } }))).toBe('ok')
  })
})
