import { beforeAll, describe, expect, it } from 'vitest'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { listKeptMail, queueMail } from '#lib/mail/index.ts'
import { type Cast, makeCast, makeClientRow, makeUser, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { getInstallation, listAllTeams } from './index.ts'

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

  it('finds teams by name and by owner, and begins anew after an odd cursor', async () => {
    const { teams } = await listAllTeams({ ctx: operator })
    const team = teams.find(({ id }) => id === cast.teamId)
    expect(team).toMatchObject({ clients: 1, requests: 0 })
    const found = await listAllTeams({ ctx: operator, input: { search: team?.name ?? '' } })
    expect(found.teams.map(({ id }) => id)).toContain(cast.teamId)
    expect((await listAllTeams({ ctx: operator, input: { search: "%'; --" } })).teams).toEqual([])
    expect((await listAllTeams({ ctx: operator, input: { cursor: 'zzz' } })).teams).toEqual([])
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
