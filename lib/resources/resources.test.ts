import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '#lib/db.ts'
import { type Cast, makeCast, makeClientRow, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { deleteResourceServer, findResourceServer, listResourceServers, saveResourceServer } from './index.ts'

useTestDatabase()

let cast: Cast
let count = 0
beforeAll(async () => {
  cast = await makeCast()
})

const input = (extra: object = {}) => ({
  teamId: cast.teamId,
  name: 'Orders',
  identifier: `https://api-${++count}.example.com`,
  scopes: ['orders:read', 'orders:read', ''],
  ...extra,
})

describe('resource servers of a team', () => {
  it.each([
    ['owner', 'ok', 'ok'],
    ['developer', 'ok', 'ok'],
    ['viewer', 'permission_denied', 'ok'],
    ['stranger', 'not_found', 'not_found'],
    ['nobody', 'unauthenticated', 'unauthenticated'],
    ['system', 'ok', 'ok'],
  ] as const)('by the %s: changing %s, reading %s', async (actor, change, read) => {
    const ctx = cast[actor]
    const made = await saveResourceServer({ ctx: cast.owner, input: input() })
    const ref = { teamId: cast.teamId, id: made.id }
    expect(await outcome(saveResourceServer({ ctx, input: input() }))).toBe(change)
    expect(await outcome(saveResourceServer({ ctx, input: { ...input(), id: made.id } }))).toBe(change)
    expect(await outcome(listResourceServers({ ctx, input: { teamId: cast.teamId } }))).toBe(read)
    expect(await outcome(deleteResourceServer({ ctx, input: ref }))).toBe(change)
  })

  it('are found by their exact identifier, and by their team only', async () => {
    const made = await saveResourceServer({ ctx: cast.owner, input: input({ tokenFormat: 'jwt', accessTokenTtl: 600 }) })
    expect(made).toMatchObject({ scopes: ['orders:read'], tokenFormat: 'jwt', accessTokenTtl: 600 })
    expect(await findResourceServer(cast.teamId, made.identifier)).toEqual(made)
    expect(await findResourceServer(cast.strangerTeamId, made.identifier)).toBeNull()
    expect(await findResourceServer(cast.teamId, `${made.identifier}/`)).toBeNull()
    expect(await outcome(deleteResourceServer({ ctx: cast.stranger, input: { teamId: cast.strangerTeamId, id: made.id } }))).toBe(
      'not_found',
    )
  })

  it.each([
    [{ identifier: 'api' }, 'identifier_invalid'],
    [{ identifier: 'http://api.example.com' }, 'identifier_invalid'],
    [{ identifier: 'https://api.example.com#x' }, 'identifier_invalid'],
    [{ identifier: 'https://u:p@api.example.com' }, 'identifier_invalid'],
    [{ identifier: 'javascript:alert(1)' }, 'identifier_invalid'],
    [{ identifier: 'https://api.example.com/\ud800' }, 'identifier_invalid'],
    [{ name: 'A\0' }, 'characters'],
    [{ name: '\u200b' }, 'characters'],
    [{ accessTokenTtl: 59 }, 'resource_lifetime'],
    [{ accessTokenTtl: 7_200, tokenFormat: 'jwt' }, 'resource_lifetime'],
    [{ scopes: ['a"b'] }, 'scope_invalid'],
  ])('refuse %j', async (extra, code) => {
    await expect(saveResourceServer({ ctx: cast.owner, input: input(extra) })).rejects.toMatchObject({ fields: [{ code }] })
  })

  it('have an identifier of their own: not one of another team, nor on a host that another has proven', async () => {
    const taken = input()
    await saveResourceServer({ ctx: cast.stranger, input: { ...taken, teamId: cast.strangerTeamId } })
    await expect(saveResourceServer({ ctx: cast.owner, input: taken })).rejects.toMatchObject({ fields: [{ code: 'identifier_taken' }] })
    const clientId = await makeClientRow(cast.strangerTeamId)
    await db().domain.create({
      data: { id: 'dom_x', clientId, host: 'proven.example.com', verificationToken: 'x', verifiedAt: new Date() },
    })
    const proven = { identifier: 'https://proven.example.com/api' }
    await expect(saveResourceServer({ ctx: cast.owner, input: input(proven) })).rejects.toMatchObject({
      fields: [{ code: 'identifier_taken' }],
    })
    expect(await outcome(saveResourceServer({ ctx: cast.stranger, input: input({ ...proven, teamId: cast.strangerTeamId }) }))).toBe('ok')
  })
})
