import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '#lib/db.ts'
import { type Cast, makeCast, makeClientRow, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { listScopes, setClientScopes } from './index.ts'

describe('scopes of a client', () => {
  useTestDatabase()
  let cast: Cast
  let clientId: string

  beforeAll(async () => {
    cast = await makeCast()
    clientId = await makeClientRow(cast.teamId)
  })

  it.each([
    ['owner', 'ok'],
    ['developer', 'ok'],
    ['viewer', 'permission_denied'],
    ['stranger', 'not_found'],
    ['nobody', 'unauthenticated'],
    ['system', 'ok'],
  ] as const)('%s: %s', async (actor, expected) => {
    expect(await outcome(setClientScopes({ ctx: cast[actor], input: { clientId, scopes: [{ name: 'openid' }] } }))).toBe(expected)
  })

  it('replaces them, in order, each once, with an event that says what changed', async () => {
    await setClientScopes({ ctx: cast.owner, input: { clientId, scopes: [{ name: 'openid' }] } })
    const scopes = [{ name: 'userinfo', optional: true }, { name: 'openid' }, { name: 'email' }, { name: 'email' }]
    const expected = [
      { name: 'openid', optional: false },
      { name: 'email', optional: false },
      { name: 'userinfo', optional: true },
    ]
    expect(await setClientScopes({ ctx: cast.owner, input: { clientId, scopes } })).toEqual(expected)
    const event = await db().auditEvent.findFirstOrThrow({ where: { action: 'client.scopes_changed' }, orderBy: { at: 'desc' } })
    expect([event.before, event.after]).toEqual([{ scopes: [{ name: 'openid', optional: false }] }, { scopes: expected }])
  })

  it('refuses an unknown scope and an optional openid, and then changes nothing', async () => {
    await setClientScopes({ ctx: cast.owner, input: { clientId, scopes: [{ name: 'email' }] } })
    const set = (scopes: { name: string; optional?: boolean }[]) => setClientScopes({ ctx: cast.owner, input: { clientId, scopes } })
    await expect(set([{ name: 'admin' }])).rejects.toMatchObject({
      fields: [{ path: 'scopes', code: 'unknown_scope', params: { scope: 'admin' } }],
    })
    await expect(set([{ name: 'openid', optional: true }])).rejects.toMatchObject({ fields: [{ code: 'openid_optional' }] })
    expect(await db().clientScope.findMany({ where: { clientId } })).toMatchObject([{ scopeName: 'email' }])
  })

  it('tells the later of two editors, and then changes nothing', async () => {
    const { version } = await db().client.findUniqueOrThrow({ where: { id: clientId } })
    const set = (name: string) => setClientScopes({ ctx: cast.owner, input: { clientId, version, scopes: [{ name }] } })
    await set('profile')
    await expect(set('email')).rejects.toMatchObject({ code: 'conflict', params: { reason: 'changed' } })
    expect(await db().clientScope.findMany({ where: { clientId } })).toMatchObject([{ scopeName: 'profile' }])
  })

  it('ships eight scopes, four of them by default', async () => {
    const all = await listScopes()
    expect(all).toHaveLength(8)
    expect(all.filter(({ isDefault }) => isDefault).map(({ name }) => name)).toEqual(['openid', 'profile', 'email', 'offline_access'])
  })
})
