import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '#lib/db.ts'
import { type Cast, makeCast, makeMember, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { createClient, deleteClient, findClients } from './index.ts'

describe('findClients', () => {
  useTestDatabase()
  let cast: Cast
  const ids: Record<string, string> = {}

  beforeAll(async () => {
    cast = await makeCast()
    for (const name of ['Shop', 'Web shop', 'Gone shop', 'Café 100%']) {
      ids[name] = (await createClient({ ctx: cast.owner, input: { teamId: cast.teamId, name } })).client.id
    }
    await deleteClient({ ctx: cast.owner, input: { clientId: ids['Gone shop'] ?? '' } })
    ids.foreign = (await createClient({ ctx: cast.stranger, input: { teamId: cast.strangerTeamId, name: 'Shop of a stranger' } })).client.id
  })

  const names = async (ctx: Cast['owner'], search?: string, limit = 8) =>
    (await findClients({ ctx, input: { limit, ...(search === undefined ? {} : { search }) } })).map(({ name }) => name)

  it('finds what begins with the words before what holds them, never what is deleted or of others', async () => {
    for (const actor of ['owner', 'admin', 'developer', 'viewer'] as const) {
      expect(await names(cast[actor], 'SHOP')).toEqual(['Shop', 'Web shop'])
    }
    expect(await names(cast.stranger, 'shop')).toEqual(['Shop of a stranger'])
    expect(await names(cast.owner, 'shop', 1)).toEqual(['Shop'])
  })

  it('finds by id and by the beginning of one, and takes wildcards literally', async () => {
    expect(await names(cast.owner, ids['Web shop'])).toEqual(['Web shop'])
    expect(await names(cast.owner, ids['Web shop']?.slice(0, 12))).toEqual(['Web shop'])
    expect(await names(cast.owner, ids.foreign)).toEqual([])
    expect(await names(cast.owner, '%')).toEqual(['Café 100%'])
    // An accent typed as a letter and a mark is the same name.
    expect(await names(cast.owner, 'cafe\u0301')).toEqual(['Café 100%'])
    expect(await names(cast.owner, 'nothing like it')).toEqual([])
  })

  it('lists the last used ones without words', async () => {
    await db().client.update({ where: { id: ids['Web shop'] ?? '' }, data: { lastUsedAt: new Date() } })
    expect((await names(cast.owner))[0]).toBe('Web shop')
  })

  it('covers every team of a person, each with the role there', async () => {
    const { actor } = cast.stranger
    const userId = actor.kind === 'user' ? actor.userId : ''
    await db().member.create({ data: { teamId: cast.teamId, userId, roleId: 'rol_viewer' } })
    expect(await names(cast.stranger, 'shop')).toEqual(['Shop', 'Shop of a stranger', 'Web shop'])
    await db().member.delete({ where: { teamId_userId: { teamId: cast.teamId, userId } } })
  })

  it('shows a limited role its own clients only, and nothing without the permission', async () => {
    const limited = await makeMember(cast.teamId, ['clients.read'], [ids.Shop ?? ''])
    expect(await names(limited, 'shop')).toEqual(['Shop'])
    expect(await names(limited)).toEqual(['Shop'])
    expect(await names(await makeMember(cast.teamId, ['usage.read']), 'shop')).toEqual([])
  })

  it('is for people', async () => {
    expect(await outcome(findClients({ ctx: cast.nobody, input: {} }))).toBe('unauthenticated')
    expect(await outcome(findClients({ ctx: cast.owner, input: { search: 'x'.repeat(201) } }))).toBe('validation_failed')
  })
})
