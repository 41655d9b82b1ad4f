import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '#lib/db.ts'
import { newId } from '#lib/ids.ts'
import { type Cast, makeCast, makeMember, makeUser, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { clientImpact, createClient, deleteClient, disableClient, enableClient, getClient, missingForLive, renameClient } from './index.ts'

describe('changing a client', () => {
  useTestDatabase()
  let cast: Cast
  let clientId: string

  beforeEach(async () => {
    cast = await makeCast()
    clientId = (await createClient({ ctx: cast.owner, input: { teamId: cast.teamId, name: 'Shop' } })).client.id
  })

  it.each([
    ['owner', 'ok', 'ok', 'ok'],
    ['admin', 'ok', 'ok', 'ok'],
    ['developer', 'ok', 'ok', 'permission_denied'],
    ['viewer', 'ok', 'permission_denied', 'permission_denied'],
    ['stranger', 'not_found', 'not_found', 'not_found'],
    ['nobody', 'unauthenticated', 'unauthenticated', 'unauthenticated'],
    ['system', 'ok', 'ok', 'ok'],
  ] as const)('%s: read %s, change %s, delete %s', async (actor, read, change, remove) => {
    const ctx = cast[actor]
    const input = { clientId }
    expect(await outcome(getClient({ ctx, input }))).toBe(read)
    expect(await outcome(clientImpact({ ctx, input }))).toBe(read)
    expect(await outcome(renameClient({ ctx, input: { clientId, name: 'Other' } }))).toBe(change)
    expect(await outcome(disableClient({ ctx, input }))).toBe(change)
    expect(await outcome(enableClient({ ctx, input }))).toBe(change)
    expect(await outcome(deleteClient({ ctx, input }))).toBe(remove)
  })

  it('lets a role that is limited to other clients see nothing of this one', async () => {
    const member = await makeMember(cast.teamId, ['clients.read', 'clients.update', 'clients.delete'], [])
    expect(await outcome(getClient({ ctx: member, input: { clientId } }))).toBe('not_found')
    expect(await outcome(deleteClient({ ctx: member, input: { clientId } }))).toBe('not_found')
  })

  it('tells the later of two editors', async () => {
    const { version } = await getClient({ ctx: cast.owner, input: { clientId } })
    const outcomes = await Promise.all(
      ['One', 'Two'].map((name) => outcome(renameClient({ ctx: cast.owner, input: { clientId, name, version } }))),
    )
    expect(outcomes.sort()).toEqual(['conflict', 'ok'])
    const now = await getClient({ ctx: cast.owner, input: { clientId } })
    expect(now.version).toBe(version + 1)
    expect(await outcome(renameClient({ ctx: cast.owner, input: { clientId, name: 'Three', version: now.version } }))).toBe('ok')
  })

  it('disables and enables, each once in the audit trail', async () => {
    const first = await disableClient({ ctx: cast.owner, input: { clientId } })
    expect(first.status).toBe('disabled')
    expect((await disableClient({ ctx: cast.owner, input: { clientId } })).disabledAt).toBe(first.disabledAt)
    expect(await enableClient({ ctx: cast.owner, input: { clientId } })).toMatchObject({ status: 'active', disabledAt: null })
    const events = await db().auditEvent.findMany({ where: { targetId: clientId }, orderBy: { at: 'asc' } })
    expect(events.map(({ action }) => action)).toEqual(['client.created', 'client.disabled', 'client.enabled'])
    expect(events[1]).toMatchObject({ before: { status: 'active' }, after: { status: 'disabled' } })
  })

  it('deletes with everything that could be used, and keeps the domains', async () => {
    const user = await makeUser('customer')
    await db().consent.create({ data: { id: newId('con'), userId: user.userId, clientId, scopes: ['openid'] } })
    const live = { kind: 'AccessToken', clientId, payload: Buffer.from('x'), expiresAt: new Date(Date.now() + 60_000) }
    await db().oidcArtifact.create({ data: { ...live, idHash: Buffer.from(clientId) } })
    await db().oidcArtifact.create({ data: { ...live, kind: 'Grant', idHash: Buffer.from(`${clientId}2`) } })
    expect(await clientImpact({ ctx: cast.owner, input: { clientId } })).toEqual({ liveDomains: 0, users: 1, tokens: 1, lastUsedAt: null })

    const gone = await deleteClient({ ctx: cast.owner, input: { clientId, name: ' Shop ' } })
    expect(gone).toEqual({ id: clientId, name: 'Shop', secrets: 1, consents: 1, tokens: 2 })
    const where = { clientId }
    const left = await Promise.all([
      db().clientSecret.count({ where }),
      db().consent.count({ where }),
      db().oidcArtifact.count({ where }),
      db().domain.count({ where }),
    ])
    expect(left).toEqual([0, 0, 0, 1])
    expect(await outcome(getClient({ ctx: cast.owner, input: { clientId } }))).toBe('not_found')
    expect(await outcome(deleteClient({ ctx: cast.system, input: { clientId } }))).toBe('not_found')
  })

  it('deletes only when the name was typed right', async () => {
    await expect(deleteClient({ ctx: cast.owner, input: { clientId, name: 'shop' } })).rejects.toMatchObject({
      fields: [{ path: 'name', code: 'name_mismatch' }],
    })
    expect(await outcome(getClient({ ctx: cast.owner, input: { clientId } }))).toBe('ok')
  })

  it('shows everything but the secret, and what the actor may do', async () => {
    const detail = await getClient({ ctx: cast.viewer, input: { clientId } })
    expect(detail).toMatchObject({
      id: clientId,
      team: { id: cast.teamId },
      domains: [{ host: 'localhost' }],
      scopes: [{ name: 'openid' }, {}, {}, {}],
    })
    expect(detail.secrets).toMatchObject([{ mode: 'test', state: 'active', createdBy: 'owner' }])
    expect(JSON.stringify(detail)).not.toMatch(/xws_|hash/)
    expect(detail.permissions).toEqual(['clients.read', 'logs.read', 'usage.read'])
    expect(missingForLive(detail)).toEqual(['live_domain', 'verified_domain', 'live_secret', 'https_redirect_uri'])
  })
})
