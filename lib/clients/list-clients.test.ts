import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '#lib/db.ts'
import { setDomain } from '#lib/domains/index.ts'
import { type Cast, makeCast, makeMember, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { createClient, deleteClient, listClients } from './index.ts'
import type { ListClientsInput } from './schemas.ts'

describe('listClients', () => {
  useTestDatabase()
  let cast: Cast
  const names = ['Alpha', 'Beta 100%', 'beta_two', 'Gamma', 'Delta']
  const ids: string[] = []

  beforeAll(async () => {
    cast = await makeCast()
    for (const name of names) ids.push((await createClient({ ctx: cast.owner, input: { teamId: cast.teamId, name } })).client.id)
    // All in the same millisecond: only the id tells them apart.
    await db().client.updateMany({ where: { teamId: cast.teamId }, data: { createdAt: new Date('2026-01-01T00:00:00Z') } })
    const other = await createClient({ ctx: cast.stranger, input: { teamId: cast.strangerTeamId, name: 'Beta of someone else' } })
    ids.push(other.client.id)
  })

  const list = (input: Partial<ListClientsInput> = {}, ctx = cast.owner) => listClients({ ctx, input: { teamId: cast.teamId, ...input } })
  const found = async (search: string) => (await list({ search })).clients.map(({ name }) => name).sort()

  it.each([
    ['owner', 'ok'],
    ['viewer', 'ok'],
    ['stranger', 'not_found'],
    ['nobody', 'unauthenticated'],
    ['system', 'ok'],
  ] as const)('%s: %s', async (actor, expected) => {
    expect(await outcome(list({}, cast[actor]))).toBe(expected)
  })

  it('pages through all of them once', async () => {
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof list>> = await list({ limit: 2, ...(cursor ? { cursor } : {}) })
      expect(page.clients.length).toBeLessThanOrEqual(2)
      seen.push(...page.clients.map(({ id }) => id))
      cursor = page.nextCursor
    } while (cursor)
    expect(seen.sort()).toEqual(ids.slice(0, 5).sort())
  })

  it('finds by part of a name, whatever the case, and by id; wildcards are characters', async () => {
    expect(await found('BETA')).toEqual(['Beta 100%', 'beta_two'])
    expect(await found('%')).toEqual(['Beta 100%'])
    expect(await found('_')).toEqual(['beta_two'])
    expect(await found('\\')).toEqual([])
    expect(await found('\0alpha ')).toEqual(['Alpha'])
    expect(await found(ids[3] ?? '')).toEqual(['Gamma'])
    expect(await found(ids[5] ?? '')).toEqual([])
  })

  it('shows a limited role its own clients only', async () => {
    const member = await makeMember(cast.teamId, ['clients.read'], [ids[0] ?? ''])
    expect((await list({}, member)).clients.map(({ name }) => name)).toEqual(['Alpha'])
    expect((await list({ search: 'beta' }, member)).clients).toEqual([])
  })

  it('shows both modes and hides deleted clients', async () => {
    await setDomain({ ctx: cast.owner, input: { clientId: ids[0] ?? '', host: 'a.example.com', mode: 'live' } })
    expect((await list({ search: 'Alpha' })).clients[0]?.modes).toEqual(['test', 'live'])
    await deleteClient({ ctx: cast.owner, input: { clientId: ids[4] ?? '' } })
    expect(await found('Delta')).toEqual([])
  })

  it('refuses a cursor that is not ours', async () => {
    for (const cursor of [
      'x',
      Buffer.from('2026-01-01 a b').toString('base64url'),
      Buffer.from('2026-01-01T00:00:00Z a\0b').toString('base64url'),
    ]) {
      expect(await outcome(list({ cursor }))).toBe('validation_failed')
    }
  })
})
