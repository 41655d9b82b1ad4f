import { beforeAll, describe, expect, it } from 'vitest'
import type { Ctx } from '#lib/context.ts'
import { writeCursor } from '#lib/cursor.ts'
import { db, transaction } from '#lib/db.ts'
import { newId } from '#lib/ids.ts'
import { listKeptMail, queueMail } from '#lib/mail/index.ts'
import { type Cast, makeCast, makeClientRow, makeUser, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { getInstallation, listAllClients, listAllTeams } from './index.ts'

describe('the operators’ look at the installation', () => {
  useTestDatabase()
  let cast: Cast
  let operator: Ctx

  beforeAll(async () => {
    cast = await makeCast()
    await makeClientRow(cast.teamId)
    const user = await makeUser('operator')
    operator = { ...user, actor: { ...user.actor, isOperator: true } as Ctx['actor'] }
  })

  it.each([
    ['installation', (ctx: Ctx) => getInstallation({ ctx })],
    ['teams', (ctx: Ctx) => listAllTeams({ ctx })],
    ['clients', (ctx: Ctx) => listAllClients({ ctx })],
    ['kept mail', (ctx: Ctx) => listKeptMail({ ctx })],
  ] as const)('%s, by actor', async (_name, ask) => {
    const { owner, viewer, stranger, system, nobody } = cast
    const actors = { operator, system, owner, viewer, stranger, nobody }
    const answers = await Promise.all(Object.entries(actors).map(async ([who, ctx]) => [who, await outcome(ask(ctx))] as const))
    expect(Object.fromEntries(answers)).toEqual({
      operator: 'ok',
      system: 'ok',
      owner: 'not_found',
      viewer: 'not_found',
      stranger: 'not_found',
      nobody: 'unauthenticated',
    })
  })

  it('counts what there is', async () => {
    const found = await getInstallation({ ctx: operator })
    expect(found.counts.clients).toBe(1)
    expect(found.counts.teams).toBeGreaterThan(0)
    expect(found.database.bytes).toBeGreaterThan(1_000_000)
    expect(found.database.migrations).toBeGreaterThan(3)
    expect(found.traffic).toEqual({ requests: 0, failed: 0 })
  })

  it('finds teams by name and by owner, page by page', async () => {
    const { teams } = await listAllTeams({ ctx: operator })
    const team = teams.find(({ id }) => id === cast.teamId)
    expect(team).toMatchObject({ clients: 1, requests: 0 })
    const found = await listAllTeams({ ctx: operator, input: { search: team?.name ?? '' } })
    expect(found.teams.map(({ id }) => id)).toContain(cast.teamId)
    for (const search of ["%'; --", '%', '_'.repeat(3), '\\'])
      expect((await listAllTeams({ ctx: operator, input: { search } })).teams).toEqual([])
    expect((await listAllTeams({ ctx: operator, input: { search: `\0${team?.name}\0` } })).teams.map(({ id }) => id)).toContain(cast.teamId)
    for (const cursor of ['zzz', 'a\0', writeCursor(['a\0']), writeCursor([])])
      expect(await outcome(listAllTeams({ ctx: operator, input: { cursor } }))).toBe('validation_failed')
    await db().team.createMany({ data: Array.from({ length: 60 }, () => ({ id: newId('tm'), name: 'One of many' })) })
    const first = await listAllTeams({ ctx: operator, input: { search: 'one of many' } })
    const second = await listAllTeams({ ctx: operator, input: { search: 'one of many', cursor: first.nextCursor ?? '' } })
    expect([first.teams.length, second.teams.length, second.nextCursor]).toEqual([50, 10, null])
    expect(new Set([...first.teams, ...second.teams].map(({ id }) => id)).size).toBe(60)
  })

  it('lists restricted clients, latest first, and finds any client to restrict', async () => {
    const ids = await Promise.all(Array.from({ length: 60 }, () => makeClientRow(cast.teamId)))
    for (const [index, id] of ids.slice(0, 55).entries()) {
      const data = {
        restrictedAt: new Date(Date.UTC(2026, 0, 1, 0, index >> 1)),
        restrictedReason: 'spam',
        restrictedByOperator: index % 2 === 0,
      }
      await db().client.update({ where: { id }, data })
    }
    const first = await listAllClients({ ctx: operator })
    const second = await listAllClients({ ctx: operator, input: { cursor: first.nextCursor ?? '' } })
    const all = [...first.clients, ...second.clients]
    expect([first.clients.length, second.clients.length, second.nextCursor]).toEqual([50, 5, null])
    expect(all.map(({ id }) => id).toSorted()).toEqual(ids.slice(0, 55).toSorted())
    expect(all.map(({ restriction }) => restriction?.at)).toEqual(
      all
        .map(({ restriction }) => restriction?.at)
        .toSorted()
        .toReversed(),
    )
    expect(all.at(-1)).toMatchObject({ restriction: { reason: 'spam', at: '2026-01-01T00:00:00.000Z' }, team: { id: cast.teamId } })
    const free = ids[58] as string
    expect((await listAllClients({ ctx: operator, input: { search: free } })).clients).toEqual([])
    expect((await listAllClients({ ctx: operator, input: { search: free, restricted: false } })).clients).toMatchObject([
      { id: free, restriction: null },
    ])
    const everyone = await listAllClients({ ctx: operator, input: { restricted: false } })
    const rest = await listAllClients({ ctx: operator, input: { restricted: false, cursor: everyone.nextCursor ?? '' } })
    expect(new Set([...everyone.clients, ...rest.clients].map(({ id }) => id)).size).toBe(61)
    for (const search of ['%', "'; --"]) expect((await listAllClients({ ctx: operator, input: { search } })).clients).toEqual([])
    // Neither made up nor of the other order.
    for (const cursor of ['zzz', everyone.nextCursor ?? '', writeCursor(['2026-99-01T00:00:00.000Z', 'cl_1'])])
      expect(await outcome(listAllClients({ ctx: operator, input: { cursor } }))).toBe('validation_failed')
  })

  it('shows kept mail without what would let an operator in as somebody', async () => {
    await transaction((tx) =>
      queueMail(tx, {
        to: 'ada@example.com',
        template: 'verify_email',
        locale: 'en',
        params: { name: 'Ada', code: '123456', minutes: 10 },
      }),
    )
    const [mail] = await listKeptMail({ ctx: operator })
    expect(mail).toMatchObject({ to: 'ada@example.com', text: expect.stringContaining('••••••') })
    expect(JSON.stringify(mail)).not.toContain('123456')
  })
})
