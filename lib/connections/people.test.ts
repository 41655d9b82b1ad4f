import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { allowConsent, findConsent } from '#lib/grants/index.ts'
import { type Cast, makeCast, makeMember, makeUser, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { endConnection, listPeople, reachPerson } from './index.ts'
import { connect, makeApiClient, subOf, type TestClient } from './testing.ts'

describe('the people of a client, as its team sees them', () => {
  useTestDatabase()
  let cast: Cast
  let client: TestClient

  beforeAll(async () => {
    cast = await makeCast()
    await db().team.update({ where: { id: cast.teamId }, data: { planKey: 'enterprise' } })
  })

  beforeEach(async () => {
    client = await makeApiClient(cast.teamId, { mode: 'live' })
  })

  const list = (input: object = {}, ctx: Ctx = cast.owner) => listPeople({ ctx, input: { clientId: client.id, ...input } })

  it.each([
    ['owner', 'ok', 'ok'],
    ['developer', 'ok', 'ok'],
    ['viewer', 'ok', 'permission_denied'],
    ['stranger', 'not_found', 'not_found'],
    ['nobody', 'unauthenticated', 'unauthenticated'],
    ['system', 'ok', 'ok'],
  ] as const)('%s: read %s, end %s', async (actor, read, end) => {
    const person = await makeUser('someone')
    await connect(person, client)
    const ctx = cast[actor]
    expect(await outcome(list({}, ctx))).toBe(read)
    expect(await outcome(endConnection({ ctx, input: { clientId: client.id, sub: subOf(person) } }))).toBe(end)
    expect((await findConsent(subOf(person), client.id)) === null).toBe(end === 'ok')
  })

  it('are for those who may read logs, of the clients that their role counts for', async () => {
    await expect(list({}, await makeMember(cast.teamId, ['clients.read']))).rejects.toMatchObject({ params: { permission: 'logs.read' } })
    const other = await makeApiClient(cast.teamId)
    expect(await outcome(list({}, await makeMember(cast.teamId, ['clients.read', 'logs.read'], [other.id])))).toBe('not_found')
  })

  it('are told only what each let the client know, also by a search', async () => {
    const [shy, open] = [await makeUser('shy'), await makeUser('open')]
    await db().clientScope.updateMany({ where: { clientId: client.id, scopeName: 'email' }, data: { optional: true } })
    await allowConsent({ ctx: shy, input: { clientId: client.id, scopes: ['openid'], declined: ['email'] } })
    await connect(open, client)
    const { people } = await list()
    expect(people).toMatchObject([
      { sub: subOf(open), name: 'open', email: open.email, declined: [], lastLoginAt: null },
      { sub: subOf(shy), name: null, email: null, scopes: ['openid'], declined: ['email'] },
    ])
    expect((await list({ search: shy.email })).people).toEqual([])
    expect((await list({ search: subOf(shy) })).people).toHaveLength(1)
    expect((await list({ search: open.email })).people).toMatchObject([{ sub: subOf(open) }])
    expect((await list({ search: 'OPE' })).people).toMatchObject([{ sub: subOf(open) }])
    expect((await list({ search: '_' })).people).toEqual([])
  })

  it('come in pages', async () => {
    for (const name of ['a', 'b', 'c']) await connect(await makeUser(name), client)
    const first = await list({ limit: 2 })
    const second = await list({ limit: 2, cursor: first.nextCursor })
    expect([...first.people, ...second.people].map(({ name }) => name)).toEqual(['c', 'b', 'a'])
    expect(second.nextCursor).toBeNull()
    await expect(list({ cursor: 'x' })).rejects.toMatchObject({ fields: [{ path: 'cursor' }] })
  })

  it('lose consent and tokens when their connection is ended, with this client only', async () => {
    const person = await makeUser('ending')
    const other = await makeApiClient(cast.teamId, { mode: 'live' })
    await Promise.all([connect(person, client), connect(person, other)])
    const sub = subOf(person)
    for (const clientId of [client.id, other.id]) {
      const idHash = crypto.getRandomValues(new Uint8Array(32))
      await db().oidcArtifact.create({ data: { idHash, kind: 'AccessToken', clientId, accountId: sub, payload: new Uint8Array(1) } })
    }
    expect(await endConnection({ ctx: cast.developer, input: { clientId: client.id, sub } })).toEqual({ sub, ended: 1 })
    expect(await db().oidcArtifact.findMany({ where: { accountId: sub }, select: { clientId: true } })).toEqual([{ clientId: other.id }])
    expect(await outcome(reachPerson(client.ctx, { reach: client.reach, sub }))).toBe('consent_required')
    expect(await outcome(reachPerson(other.ctx, { reach: other.reach, sub }))).toBe('ok')
    expect(await outcome(endConnection({ ctx: cast.owner, input: { clientId: client.id, sub } }))).toBe('not_found')
    const event = await db().auditEvent.findFirstOrThrow({ where: { action: 'consent.ended', targetId: client.id } })
    expect(event).toMatchObject({ before: { sub }, after: { sub, tokensEnded: 1 } })
    for (const impossible of ['', '\0', '1 OR 1', '99999999999999999999999']) {
      expect(await outcome(endConnection({ ctx: cast.owner, input: { clientId: client.id, sub: impossible } }))).toBe('not_found')
    }
  })
})
