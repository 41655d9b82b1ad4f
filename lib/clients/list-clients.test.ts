import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '#lib/db.ts'
import { setDomain } from '#lib/domains/index.ts'
import { type Cast, makeCast, makeMember, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { createClient, deleteClient, disableClient, listClients } from './index.ts'
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

  it('sorts by name, creation, use and requests, and pages both ways in each', async () => {
    const now = Date.now()
    for (const [index, id] of ids.slice(0, 4).entries()) {
      // Delta is deleted. Two were never used.
      await db().client.update({
        where: { id },
        data: { lastUsedAt: index < 2 ? new Date(now - index * 1000) : null, createdAt: new Date(now + index) },
      })
    }
    const requests = new Map([
      [ids[2] ?? '', 7],
      [ids[3] ?? '', 2_000_000_000],
    ])
    const wanted = {
      name: ['Alpha', 'Beta 100%', 'beta_two', 'Gamma'],
      created: ['Gamma', 'beta_two', 'Beta 100%', 'Alpha'],
      requests: ['Gamma', 'beta_two'],
      used: ['Alpha', 'Beta 100%'],
    }
    for (const [sort, order] of Object.entries(wanted) as [NonNullable<ListClientsInput['sort']>, string[]][]) {
      for (const direction of [undefined, 'asc', 'desc'] as const) {
        const ask = (cursor?: string | null) =>
          listClients({
            ctx: cast.owner,
            input: { teamId: cast.teamId, sort, limit: 1, ...(direction ? { direction } : {}), ...(cursor ? { cursor } : {}) },
            requests,
          })
        const pages = [await ask()]
        for (let page = pages[0]; page?.nextCursor; page = pages.at(-1)) pages.push(await ask(page.nextCursor))
        const names = pages.map(({ clients }) => clients[0]?.name)
        expect(new Set(names).size, `${sort} ${direction}`).toBe(4)
        const isDefault = direction === undefined || direction === (sort === 'name' ? 'asc' : 'desc')
        expect(isDefault ? names.slice(0, order.length) : names.toReversed().slice(0, order.length)).toEqual(order)
        // And back again.
        expect(pages[0]?.previousCursor).toBeNull()
        const back: (string | undefined)[] = []
        for (let page = pages.at(-1); page?.previousCursor; ) {
          page = await ask(page.previousCursor)
          back.push(page.clients[0]?.name)
          expect(page.nextCursor).not.toBeNull()
        }
        expect(back).toEqual(names.slice(0, -1).toReversed())
      }
    }
  })

  it('filters by status, mode and kind', async () => {
    const [alpha = '', beta = '', , gamma = ''] = ids
    await disableClient({ ctx: cast.owner, input: { clientId: beta } })
    await db().client.update({ where: { id: gamma }, data: { restrictedAt: new Date() } })
    const machine = await createClient({ ctx: cast.owner, input: { teamId: cast.teamId, name: 'Machine', machine: true } })
    await createClient({ ctx: cast.owner, input: { teamId: cast.teamId, name: 'Browser', type: 'public' } })
    const of = async (input: Partial<ListClientsInput>) => (await list({ sort: 'name', ...input })).clients.map(({ name }) => name)
    expect(await of({ status: 'disabled' })).toEqual(['Beta 100%'])
    expect(await of({ status: 'restricted' })).toEqual(['Gamma'])
    expect(await of({ status: 'active' })).toEqual(['Alpha', 'beta_two', 'Browser', 'Machine'])
    expect(await of({ status: 'deleted' })).toEqual(['Delta'])
    expect(await of({ mode: 'live' })).toEqual(['Alpha'])
    expect(await of({ type: 'machine' })).toEqual(['Machine'])
    expect(await of({ type: 'spa' })).toEqual(['Browser'])
    expect(await of({ type: 'web', mode: 'test', status: 'active', search: 'a' })).toEqual(['Alpha', 'beta_two'])
    expect(machine.client.grantTypes).toEqual(['client_credentials'])
    expect((await list({ search: alpha.slice(0, 10) })).clients.map(({ owner }) => owner)).toEqual(['owner'])
    // What is past restoring is nowhere.
    await db().client.updateMany({ where: { deletedAt: { not: null } }, data: { deletedAt: new Date(Date.now() - 31 * 86_400_000) } })
    expect(await of({ status: 'deleted' })).toEqual([])
  })

  it('refuses a cursor that is not ours, or of another order', async () => {
    const { nextCursor } = await list({ limit: 1 })
    expect(await outcome(list({ cursor: nextCursor ?? '', sort: 'name' }))).toBe('validation_failed')
    const made = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    for (const cursor of [
      'x',
      made(['created', 'desc', false, '1 OR 1=1', 'cl_1']),
      made(['created', 'desc', false, '1', 'a\0b']),
      made(['created', 'desc', false, 1, 'cl_1']),
      made({ sort: 'created' }),
    ]) {
      expect(await outcome(list({ cursor }))).toBe('validation_failed')
    }
    expect(await outcome(list({ sort: 'name', cursor: made(['name', 'asc', false, "'; --", 'cl_1']) }))).toBe('ok')
    expect(await outcome(list({ sort: 'name', cursor: made(['name', 'asc', false, 'a\0', 'cl_1']) }))).toBe('validation_failed')
  })
})
