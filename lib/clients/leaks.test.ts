import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { db } from '#lib/db.ts'
import { type Cast, makeCast, makeMember, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { createClient, createSecret, editSecret, getClient, reportLeak, revokeSecret, rotateSecret } from './index.ts'

useTestDatabase()

let cast: Cast
let clientId: string
let secretId: string

beforeAll(async () => {
  cast = await makeCast()
  await db().team.update({ where: { id: cast.teamId }, data: { planKey: 'enterprise' } })
})

beforeEach(async () => {
  const made = await createClient({ ctx: cast.owner, input: { teamId: cast.teamId, name: 'Shop' } })
  clientId = made.client.id
  secretId = made.secret?.id ?? ''
})

async function token(of = clientId): Promise<Uint8Array<ArrayBuffer>> {
  const idHash = crypto.getRandomValues(new Uint8Array(32))
  await db().oidcArtifact.create({ data: { idHash, kind: 'ClientCredentials', clientId: of, payload: new Uint8Array(1) } })
  return idHash
}

const alive = async (idHash: Uint8Array<ArrayBuffer>) => (await db().oidcArtifact.count({ where: { idHash } })) === 1
const report = (ctx = cast.owner, disableClient = false) => reportLeak({ ctx, input: { clientId, secretId, disableClient } })

describe('a leaked secret', () => {
  it.each([
    ['owner', 'ok'],
    ['developer', 'ok'],
    ['viewer', 'permission_denied'],
    ['stranger', 'not_found'],
    ['nobody', 'unauthenticated'],
    ['system', 'ok'],
  ] as const)('reported by the %s: %s', async (actor, expected) => {
    const living = await token()
    expect(await outcome(report(cast[actor]))).toBe(expected)
    expect(await alive(living)).toBe(expected !== 'ok')
  })

  it.each([
    [['clients.read', 'secrets.manage'], false, 'tokens.revoke'],
    [['clients.read', 'tokens.revoke'], false, 'secrets.manage'],
    [['clients.read', 'secrets.manage', 'tokens.revoke'], true, 'clients.update'],
  ] as const)('takes every permission of what it does: %j', async (permissions, disable, missing) => {
    const member = await makeMember(cast.teamId, [...permissions])
    await expect(report(member, disable)).rejects.toMatchObject({ code: 'permission_denied', params: { permission: missing } })
    expect((await getClient({ ctx: cast.owner, input: { clientId } })).secrets).toMatchObject([{ state: 'active' }])
  })

  it('is revoked with all tokens of its client, and of no other', async () => {
    const other = await createClient({ ctx: cast.owner, input: { teamId: cast.teamId, name: 'Other' } })
    const [mine, theirs] = [await token(), await token(other.client.id)]
    expect(await report()).toMatchObject({ wasRevoked: false, tokens: 1, disabled: false })
    expect([await alive(mine), await alive(theirs)]).toEqual([false, true])
    expect((await getClient({ ctx: cast.owner, input: { clientId } })).secrets).toMatchObject([{ id: secretId, state: 'revoked' }])
    expect((await db().client.findUniqueOrThrow({ where: { id: clientId } })).status).toBe('active')
  })

  it('suspends the client when asked, with an event for each', async () => {
    expect(await report(cast.owner, true)).toMatchObject({ disabled: true })
    expect((await db().client.findUniqueOrThrow({ where: { id: clientId } })).status).toBe('disabled')
    const events = await db().auditEvent.findMany({ where: { targetId: { in: [clientId, secretId] } }, orderBy: { at: 'asc' } })
    expect(
      events
        .map(({ action }) => action)
        .slice(-2)
        .sort(),
    ).toEqual(['client.disabled', 'secret.leaked'])
    expect(JSON.stringify(events)).not.toMatch(/xws_|hash/)
  })

  it('that was revoked before still has its tokens ended', async () => {
    const living = await token()
    await revokeSecret({ ctx: cast.owner, input: { clientId, secretId } })
    expect(await report()).toMatchObject({ wasRevoked: true, tokens: 1 })
    expect(await alive(living)).toBe(false)
  })

  it('of another client is not reached, and then nothing is done', async () => {
    const other = await createClient({ ctx: cast.owner, input: { teamId: cast.teamId, name: 'Other' } })
    const living = await token(other.client.id)
    expect(await outcome(reportLeak({ ctx: cast.owner, input: { clientId: other.client.id, secretId } }))).toBe('not_found')
    expect(await alive(living)).toBe(true)
  })
})

describe('label and expiry of a secret', () => {
  const edit = (changes: object, ctx = cast.owner) => editSecret({ ctx, input: { clientId, secretId, ...changes } })

  it.each([
    ['owner', 'ok'],
    ['developer', 'ok'],
    ['viewer', 'permission_denied'],
    ['stranger', 'not_found'],
    ['nobody', 'unauthenticated'],
    ['system', 'ok'],
  ] as const)('changed by the %s: %s', async (actor, expected) => {
    expect(await outcome(edit({ label: 'CI' }, cast[actor]))).toBe(expected)
  })

  it('are changed one at a time, and taken away', async () => {
    expect(await edit({ label: ' CI ' })).toMatchObject({ label: 'CI', expiresAt: null })
    const expiresAt = '2999-01-31T10:00:00.000Z'
    expect(await edit({ expiresAt })).toMatchObject({ label: 'CI', expiresAt, state: 'expiring' })
    expect(await edit({ label: '' })).toMatchObject({ label: null, expiresAt })
    expect(await edit({ expiresAt: null })).toMatchObject({ expiresAt: null, state: 'active' })
    const changes = await db().auditEvent.count({ where: { action: 'secret.changed', targetId: secretId } })
    expect(changes).toBe(4)
    await edit({ expiresAt: null })
    expect(await db().auditEvent.count({ where: { action: 'secret.changed', targetId: secretId } })).toBe(changes)
  })

  it('do not bring a secret back', async () => {
    await revokeSecret({ ctx: cast.owner, input: { clientId, secretId } })
    await expect(edit({ expiresAt: '2999-01-01' })).rejects.toMatchObject({ code: 'conflict', params: { reason: 'secret_dead' } })
    const made = await createSecret({ ctx: cast.owner, input: { clientId } })
    await expect(edit({ secretId: made.id, expiresAt: '2020-01-01' })).rejects.toMatchObject({ fields: [{ code: 'date_past' }] })
  })
})

it('a rotated secret knows which one it takes over from', async () => {
  const { secret } = await rotateSecret({ ctx: cast.owner, input: { clientId, secretId, overlap: '24h' } })
  const list = (await getClient({ ctx: cast.viewer, input: { clientId } })).secrets
  expect(list.find(({ id }) => id === secret.id)?.replacesId).toBe(secretId)
  expect(list.find(({ id }) => id === secretId)).toMatchObject({ replacesId: null, state: 'expiring' })
})
