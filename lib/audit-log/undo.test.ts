import { beforeEach, describe, expect, it } from 'vitest'
import {
  addRedirectUri,
  createClient,
  disableClient,
  editSecret,
  getClient,
  removeRedirectUri,
  renameClient,
  setProtocol,
  setTokenPolicy,
  updateClient,
} from '#lib/clients/index.ts'
import { db } from '#lib/db.ts'
import { setDomain, setPrimaryDomain } from '#lib/domains/index.ts'
import { env } from '#lib/env.ts'
import { setClientScopes } from '#lib/scopes/index.ts'
import { changePlan } from '#lib/team-plan/index.ts'
import { createRole, deleteRole, renameTeam, setMemberClients, setMemberRole, updateRole } from '#lib/teams/index.ts'
import { addTestUser, removeTestUser } from '#lib/test-users/index.ts'
import { type Cast, makeCast, makeMember, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { listEvents, undoEvent } from './index.ts'

useTestDatabase()
let cast: Cast
let clientId: string
let viewerId: string

beforeEach(async () => {
  cast = await makeCast()
  await changePlan({ ctx: cast.owner, input: { teamId: cast.teamId, plan: 'free' } })
  clientId = (await createClient({ ctx: cast.owner, input: { teamId: cast.teamId, name: 'Shop' } })).client.id
  viewerId = cast.viewer.actor.kind === 'user' ? cast.viewer.actor.userId : ''
})

async function latest(action: string): Promise<string> {
  const { events } = await listEvents({ ctx: cast.owner, input: { teamId: cast.teamId, action } })
  return events[0]?.id ?? ''
}

const undo = (eventId: string, ctx = cast.owner) => undoEvent({ ctx, input: { teamId: cast.teamId, eventId } })

type Case = {
  action: string
  /** Makes the change. */
  make: () => Promise<unknown>
  /** What the change is about, as it is now. */
  state: () => Promise<unknown>
  /** Somebody changes the same thing. */
  disturb?: () => Promise<unknown>
}

const owner = () => cast.owner
const domain = async (host: string) => (await getClient({ ctx: owner(), input: { clientId } })).domains.find((one) => one.host === host)
const secretId = async () => (await getClient({ ctx: owner(), input: { clientId } })).secrets[0]?.id ?? ''
const host = 'shop.example.com'

const cases: Case[] = [
  {
    action: 'client.described',
    make: () => updateClient({ ctx: owner(), input: { clientId, description: 'Words' } }),
    state: async () => (await db().client.findUniqueOrThrow({ where: { id: clientId } })).description,
    disturb: () => updateClient({ ctx: owner(), input: { clientId, description: 'Other words' } }),
  },
  {
    action: 'client.protocol_changed',
    make: () => setProtocol({ ctx: owner(), input: { clientId, requirePar: true, deviceFlow: true } }),
    state: async () => {
      const { requirePar, grantTypes } = await db().client.findUniqueOrThrow({ where: { id: clientId } })
      return { requirePar, grantTypes }
    },
    disturb: () => setProtocol({ ctx: owner(), input: { clientId, requireDpop: true } }),
  },
  {
    action: 'secret.changed',
    make: async () => editSecret({ ctx: owner(), input: { clientId, secretId: await secretId(), label: 'For the build' } }),
    state: async () => (await getClient({ ctx: owner(), input: { clientId } })).secrets[0]?.label,
    disturb: async () => editSecret({ ctx: owner(), input: { clientId, secretId: await secretId(), label: 'Another' } }),
  },
  {
    action: 'client.renamed',
    make: () => renameClient({ ctx: owner(), input: { clientId, name: 'Store' } }),
    state: async () => (await db().client.findUniqueOrThrow({ where: { id: clientId } })).name,
    disturb: () => renameClient({ ctx: owner(), input: { clientId, name: 'Third' } }),
  },
  {
    action: 'client.disabled',
    make: () => disableClient({ ctx: owner(), input: { clientId } }),
    state: async () => (await db().client.findUniqueOrThrow({ where: { id: clientId } })).status,
  },
  {
    action: 'client.scopes_changed',
    make: () => setClientScopes({ ctx: owner(), input: { clientId, scopes: [{ name: 'openid' }, { name: 'phone', optional: true }] } }),
    state: () => db().clientScope.findMany({ where: { clientId }, orderBy: { scopeName: 'asc' } }),
    disturb: () => setClientScopes({ ctx: owner(), input: { clientId, scopes: [{ name: 'openid' }] } }),
  },
  {
    action: 'client.token_policy_changed',
    make: () => setTokenPolicy({ ctx: owner(), input: { clientId, accessTokenTtl: 300, idTokenSignedResponseAlg: 'ES256' } }),
    state: async () => {
      const { accessTokenTtl, idTokenSignedResponseAlg } = await db().client.findUniqueOrThrow({ where: { id: clientId } })
      return { accessTokenTtl, idTokenSignedResponseAlg }
    },
    disturb: () => setTokenPolicy({ ctx: owner(), input: { clientId, accessTokenTtl: 600 } }),
  },
  {
    action: 'domain.changed',
    make: async () =>
      setDomain({ ctx: owner(), input: { clientId, host: 'localhost', allowApi: false, ipAllowlist: ['10.0.0.1'], ipMonitor: true } }),
    state: async () => {
      const { allowApi, ipAllowlist, ipMonitor } = (await domain('localhost')) ?? {}
      return { allowApi, ipAllowlist, ipMonitor }
    },
    disturb: () => setDomain({ ctx: owner(), input: { clientId, host: 'localhost', ipAllowlist: ['10.0.0.2'] } }),
  },
  {
    action: 'domain.made_primary',
    make: async () => setPrimaryDomain({ ctx: owner(), input: { clientId, domainId: (await domain(host))?.id ?? '' } }),
    state: async () => (await domain(host))?.primary,
    disturb: async () => setPrimaryDomain({ ctx: owner(), input: { clientId, domainId: (await domain('localhost'))?.id ?? '' } }),
  },
  {
    action: 'redirect_uri.added',
    make: () => addRedirectUri({ ctx: owner(), input: { clientId, uri: 'http://localhost/cb' } }),
    state: async () => (await getClient({ ctx: owner(), input: { clientId } })).redirectUris.map(({ uri }) => uri),
    disturb: async () => {
      const [uri] = (await getClient({ ctx: owner(), input: { clientId } })).redirectUris
      await removeRedirectUri({ ctx: owner(), input: { clientId, redirectUriId: uri?.id ?? '' } })
    },
  },
  {
    action: 'test_user.added',
    make: () => addTestUser({ ctx: owner(), input: { clientId, email: 'a@example.test' } }),
    state: () => db().testUser.count({ where: { clientId } }),
    disturb: () => removeTestUser({ ctx: owner(), input: { clientId, email: 'a@example.test' } }),
  },
  {
    action: 'team.renamed',
    make: () => renameTeam({ ctx: owner(), input: { teamId: cast.teamId, name: 'New name' } }),
    state: async () => (await db().team.findUniqueOrThrow({ where: { id: cast.teamId } })).name,
    disturb: () => renameTeam({ ctx: owner(), input: { teamId: cast.teamId, name: 'Newer' } }),
  },
  {
    action: 'member.role_changed',
    make: () => setMemberRole({ ctx: owner(), input: { teamId: cast.teamId, userId: viewerId, roleId: 'rol_owner' } }),
    state: () => db().member.findFirst({ where: { teamId: cast.teamId, userId: viewerId } }),
    disturb: () => setMemberRole({ ctx: owner(), input: { teamId: cast.teamId, userId: viewerId, roleId: 'rol_admin' } }),
  },
  {
    action: 'member.clients_changed',
    make: () => setMemberClients({ ctx: owner(), input: { teamId: cast.teamId, userId: viewerId, clientIds: [clientId] } }),
    state: async () => (await db().member.findFirstOrThrow({ where: { teamId: cast.teamId, userId: viewerId } })).limitedClients,
    disturb: () => setMemberClients({ ctx: owner(), input: { teamId: cast.teamId, userId: viewerId, clientIds: null } }),
  },
  {
    action: 'role.created',
    make: () => createRole({ ctx: owner(), input: { teamId: cast.teamId, name: 'Support', permissions: ['clients.read'] } }),
    state: () => db().role.count({ where: { teamId: cast.teamId } }),
    disturb: async () => {
      const role = await db().role.findFirstOrThrow({ where: { teamId: cast.teamId } })
      await updateRole({ ctx: owner(), input: { teamId: cast.teamId, roleId: role.id, name: 'Help', permissions: ['clients.read'] } })
    },
  },
  {
    action: 'plan.changed',
    make: () => changePlan({ ctx: owner(), input: { teamId: cast.teamId, plan: 'pro' } }),
    state: async () => (await db().team.findUniqueOrThrow({ where: { id: cast.teamId } })).planKey,
    disturb: () => changePlan({ ctx: owner(), input: { teamId: cast.teamId, plan: 'free' } }),
  },
]

describe('undoEvent', () => {
  it.each(cases)('$action: gives back what was, once, and not over a later change', async ({ action, make, state, disturb }) => {
    await setDomain({ ctx: owner(), input: { clientId, host } })
    const was = await state()
    await make()
    const changed = await state()
    expect(changed).not.toEqual(was)
    const eventId = await latest(action)
    await undo(eventId)
    expect(await state()).toEqual(was)
    await expect(undo(eventId)).rejects.toMatchObject({ code: 'conflict', params: { reason: 'undo_done' } })

    await make()
    const second = await latest(action)
    if (!disturb) return
    await disturb()
    const disturbed = await state()
    await expect(undo(second)).rejects.toMatchObject({ code: 'conflict', params: { reason: 'undo_changed_since' } })
    expect(await state()).toEqual(disturbed)
  })

  it('brings back what was removed: a redirect URI, a test user, a role', async () => {
    const { id } = await addRedirectUri({ ctx: owner(), input: { clientId, uri: 'http://localhost/cb' } })
    await removeRedirectUri({ ctx: owner(), input: { clientId, redirectUriId: id } })
    await undo(await latest('redirect_uri.removed'))
    expect((await getClient({ ctx: owner(), input: { clientId } })).redirectUris.map(({ uri }) => uri)).toEqual(['http://localhost/cb'])

    await addTestUser({ ctx: owner(), input: { clientId, email: 'a@example.test' } })
    await removeTestUser({ ctx: owner(), input: { clientId, email: 'a@example.test' } })
    await undo(await latest('test_user.removed'))
    expect(await db().testUser.count({ where: { clientId } })).toBe(1)

    const role = await createRole({ ctx: owner(), input: { teamId: cast.teamId, name: 'Support', permissions: ['clients.read'] } })
    await updateRole({ ctx: owner(), input: { teamId: cast.teamId, roleId: role.id, name: 'Support', permissions: ['logs.read'] } })
    await undo(await latest('role.changed'))
    await deleteRole({ ctx: owner(), input: { teamId: cast.teamId, roleId: role.id } })
    await undo(await latest('role.deleted'))
    expect(await db().role.findFirst({ where: { teamId: cast.teamId } })).toMatchObject({ name: 'Support', permissions: ['clients.read'] })
  })

  it('needs reading the log and the permission of the change', async () => {
    await renameClient({ ctx: owner(), input: { clientId, name: 'Store' } })
    const eventId = await latest('client.renamed')
    const reader = await makeMember(cast.teamId, ['audit.read', 'clients.read'])
    await expect(undo(eventId, reader)).rejects.toMatchObject({ code: 'permission_denied', params: { permission: 'clients.update' } })
    const editor = await makeMember(cast.teamId, ['clients.update', 'clients.read'])
    await expect(undo(eventId, editor)).rejects.toMatchObject({ params: { permission: 'audit.read' } })
    const limited = await makeMember(cast.teamId, ['audit.read', 'clients.read', 'clients.update'], [])
    expect(await outcome(undo(eventId, limited))).toBe('not_found')
    expect(await outcome(undo(eventId, cast.stranger))).toBe('not_found')
    expect(await outcome(undoEvent({ ctx: cast.stranger, input: { teamId: cast.strangerTeamId, eventId } }))).toBe('not_found')
    expect(await outcome(undo(eventId, cast.nobody))).toBe('unauthenticated')
    const own = await makeMember(cast.teamId, ['audit.read', 'clients.read', 'clients.update'], [clientId])
    expect(await outcome(undo(eventId, own))).toBe('ok')
  })

  it('leaves ranks alone: nobody undoes what they could not do', async () => {
    await setMemberRole({ ctx: owner(), input: { teamId: cast.teamId, userId: viewerId, roleId: 'rol_owner' } })
    expect(await outcome(undo(await latest('member.role_changed'), cast.admin))).toBe('permission_denied')
  })

  it('is recorded, once of several at the same moment', async () => {
    await renameClient({ ctx: owner(), input: { clientId, name: 'Store' } })
    const eventId = await latest('client.renamed')
    // More than there are connections: none may need a second one while it holds the lock.
    const many = env().DATABASE_POOL + 5
    const results = await Promise.all(Array.from({ length: many }, () => outcome(undo(eventId))))
    expect(results.sort()).toEqual([...Array.from({ length: many - 1 }, () => 'conflict'), 'ok'])
    const { events } = await listEvents({ ctx: cast.owner, input: { teamId: cast.teamId, target: clientId } })
    expect(
      events
        .slice(0, 3)
        .map(({ action }) => action)
        .sort(),
    ).toEqual(['audit.undone', 'client.renamed', 'client.renamed'])
    expect(events.find(({ id }) => id === eventId)).toMatchObject({ undone: true, undo: null })
  })

  it('does nothing at all when the verb refuses', async () => {
    await changePlan({ ctx: owner(), input: { teamId: cast.teamId, plan: 'pro' } })
    const eventId = await latest('plan.changed')
    for (let count = 0; count < 12; count++) await createClient({ ctx: owner(), input: { teamId: cast.teamId, name: `C${count}` } })
    await expect(undo(eventId)).rejects.toMatchObject({ params: { reason: 'plan_clients' } })
    expect(await db().auditEvent.count({ where: { teamId: cast.teamId, action: 'audit.undone' } })).toBe(0)
  })

  it('says of what cannot be undone', async () => {
    await expect(undo(await latest('client.created'))).rejects.toMatchObject({ params: { reason: 'undo_impossible' } })
    expect(await outcome(undo('aud_none'))).toBe('not_found')
    expect(await outcome(undo('a\0'))).toBe('validation_failed')
  })
})
