import { beforeAll, describe, expect, it } from 'vitest'
import { db, pool } from '#lib/db.ts'
import { type Cast, makeCast, makeClientRow, makeMember, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { exportRequests } from './export-requests.ts'
import { followRequests } from './follow-requests.ts'
import { logRow, writeLog } from './testing.ts'
import { deleteRequestView, listRequestViews, renameRequestView, saveRequestView } from './views.ts'

useTestDatabase()
let cast: Cast

beforeAll(async () => {
  cast = await makeCast()
})

describe('export', () => {
  async function text(format: 'csv' | 'jsonl', options: { most?: number; ctx?: Cast['owner']; teamId?: string } = {}): Promise<string> {
    const { ctx = cast.owner, teamId = cast.teamId, ...rest } = options
    let all = ''
    for await (const piece of await exportRequests({ ctx, input: { teamId, format }, ...rest })) all += piece
    return all
  }

  it('is every row in batches, with nothing that a spreadsheet runs', async () => {
    await writeLog(
      ...Array.from({ length: 2_300 }, (_, n) => logRow(cast.teamId, { path: `/api/${n}`, at: new Date(Date.now() - 10_000 - n) })),
      logRow(cast.teamId, { host: '=HYPERLINK("http://evil","x")', path: '/a,"b"\nc', at: new Date() }),
    )
    const csv = await text('csv')
    const lines = csv.trimEnd().split('\r\n')
    expect(lines).toHaveLength(2_302)
    expect(lines[0]).toMatch(/^time,request_id,method,path,/)
    expect(lines[1]).toContain(`"'=HYPERLINK(""http://evil"",""x"")"`)
    expect(lines[1]).toContain('"/a,""b"" c"')
    const rows = (await text('jsonl'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { path: string; host: string })
    expect(rows).toHaveLength(2_301)
    expect(new Set(rows.map(({ path }) => path)).size).toBe(2_301)
    expect(rows[0]?.host).toBe('=HYPERLINK("http://evil","x")')
    expect((await text('csv', { most: 1_500 })).trimEnd().split('\r\n')).toHaveLength(1_501)
  })

  it('reads no more once nobody takes it', async () => {
    const pieces = await exportRequests({ ctx: cast.owner, input: { teamId: cast.teamId, format: 'jsonl' } })
    expect((await pieces.next()).value).toContain('\n')
    await pieces.return()
    expect(await pieces.next()).toEqual({ value: undefined, done: true })
  })

  it('is for those who may read the log', async () => {
    const ask = (ctx: Cast['owner']) => outcome(text('csv', { ctx }))
    expect(await ask(cast.viewer)).toBe('ok')
    expect(await ask(await makeMember(cast.teamId, ['clients.read']))).toBe('permission_denied')
    expect(await ask(cast.stranger)).toBe('not_found')
    expect(await ask(cast.nobody)).toBe('unauthenticated')
    const clientId = await makeClientRow(cast.teamId)
    await writeLog(logRow(cast.teamId, { clientId, path: '/only/this' }))
    const limited = await makeMember(cast.teamId, ['logs.read'], [clientId])
    const own = (await text('jsonl', { ctx: limited })).trimEnd().split('\n')
    expect(own).toHaveLength(1)
    expect(own[0]).toContain('/only/this')
  })
})

describe('following', () => {
  it('tells each new request once, whoever wrote it, until the permission is gone', async () => {
    const team = await makeCast()
    const member = await makeMember(team.teamId, ['logs.read'])
    const stop = new AbortController()
    const batches = followRequests({
      ctx: member,
      input: { teamId: team.teamId, filters: { mode: 'live' } },
      signal: stop.signal,
      everyMs: 20,
    })
    expect((await batches.next()).value).toBeNull()
    const [first, late] = [logRow(team.teamId), logRow(team.teamId, { at: new Date(Date.now() - 3_000) })]
    await writeLog(first, logRow(team.teamId, { mode: 'test' }), logRow(team.strangerTeamId))
    const next = async () => {
      for (;;) {
        const { value, done } = await batches.next()
        if (done || value) return value?.map(({ requestId }) => requestId)
      }
    }
    expect(await next()).toEqual([first.requestId])
    await writeLog(late)
    expect(await next()).toEqual([late.requestId])
    await db().member.deleteMany({ where: { userId: member.userId } })
    expect(await outcome(next() as Promise<unknown>)).toBe('not_found')
  })

  it('ends when it is told to', async () => {
    const stop = new AbortController()
    const batches = followRequests({ ctx: cast.owner, input: { teamId: cast.teamId }, signal: stop.signal })
    await batches.next()
    stop.abort()
    expect(await batches.next()).toMatchObject({ done: true })
  })
})

describe('views', () => {
  it('are the team’s; who made one, and who manages members, may change it', async () => {
    const { teamId } = cast
    const save = (ctx: Cast['owner'], name: string) => saveRequestView({ ctx, input: { teamId, name, filters: { status: '4xx' } } })
    const view = await save(cast.viewer, '  Refused \n ones ')
    expect(view).toMatchObject({ name: 'Refused ones', filters: { status: '4xx' }, mine: true })
    const listed = async (ctx: Cast['owner']) => (await listRequestViews({ ctx, input: { teamId } })).map(({ name, mine }) => [name, mine])
    expect(await listed(cast.developer)).toEqual([['Refused ones', false]])
    expect(await listed(cast.owner)).toEqual([['Refused ones', true]])
    expect(await outcome(save(cast.owner, 'Refused ones'))).toBe('validation_failed')
    expect(await outcome(save(cast.owner, ' '))).toBe('validation_failed')
    expect(await outcome(save(cast.owner, 'x'.repeat(61)))).toBe('validation_failed')

    const input = { viewId: view.id, name: 'Denied' }
    const change = (ctx: Cast['owner']) => outcome(renameRequestView({ ctx, input }))
    expect(await change(cast.developer)).toBe('permission_denied')
    expect(await change(cast.stranger)).toBe('not_found')
    expect(await change(cast.nobody)).toBe('unauthenticated')
    expect(await change(cast.viewer)).toBe('ok')
    expect(await outcome(deleteRequestView({ ctx: cast.developer, input: { viewId: view.id } }))).toBe('permission_denied')
    expect(await outcome(deleteRequestView({ ctx: cast.stranger, input: { viewId: view.id } }))).toBe('not_found')
    expect(await deleteRequestView({ ctx: cast.admin, input: { viewId: view.id } })).toEqual({ name: 'Denied' })
    expect(await outcome(deleteRequestView({ ctx: cast.admin, input: { viewId: 'a\0b' } }))).toBe('not_found')
    const events = await db().auditEvent.findMany({ where: { targetId: view.id }, orderBy: { at: 'asc' } })
    expect(events.map(({ action }) => action)).toEqual(['request_view.created', 'request_view.renamed', 'request_view.deleted'])
  })

  it('need logs.read, are limited in number, and show a limited member none of other clients', async () => {
    const team = await makeCast()
    const [own, other] = [await makeClientRow(team.teamId), await makeClientRow(team.teamId)]
    const save = (name: string, client: string) =>
      saveRequestView({ ctx: team.owner, input: { teamId: team.teamId, name, filters: { client } } })
    await save('own', own)
    await save('other', other)
    const list = (ctx: Cast['owner']) => listRequestViews({ ctx, input: { teamId: team.teamId } })
    expect((await list(await makeMember(team.teamId, ['logs.read'], [own]))).map(({ name }) => name)).toEqual(['own'])
    expect(await outcome(list(await makeMember(team.teamId, ['clients.read'])))).toBe('permission_denied')
    expect(await outcome(list(team.stranger))).toBe('not_found')
    await pool().query(
      `INSERT INTO request_views (id, team_id, name, filters) SELECT 'rv_' || $1 || n, $1, n::text, '{}' FROM generate_series(1, 48) n`,
      [team.teamId],
    )
    expect(await outcome(save('one more', own))).toBe('limit_reached')
  })
})
