import { beforeAll, describe, expect, it } from 'vitest'
import { registerUser, startSession, updateProfile } from '#lib/accounts/index.ts'
import { createClient } from '#lib/clients/index.ts'
import type { Ctx } from '#lib/context.ts'
import { db, Prisma, pool } from '#lib/db.ts'
import en from '#lib/i18n/en.json' with { type: 'json' }
import { ensureSigningKeys, rotateSigningKeys } from '#lib/keys/index.ts'
import { editPlan } from '#lib/plans/index.ts'
import { changeProject, createProject, deleteProject, publishProject, unpublishProject } from '#lib/projects/index.ts'
import { createTeam, deleteTeam } from '#lib/teams/index.ts'
import { type Cast, makeCast, makeOperator, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { answerTicket, closeTicket, createTicket, replyToTicket } from '#lib/tickets/index.ts'
import { listEvents } from './index.ts'
import { eventsQuery } from './internal.ts'
import type { ListEventsInput } from './schemas.ts'

useTestDatabase()
let cast: Cast
let operator: Ctx & { userId: string }
let projectId: number

/** Everything that belongs to no team, once. */
beforeAll(async () => {
  cast = await makeCast()
  operator = await makeOperator()
  const ctx = operator
  await ensureSigningKeys(pool())
  await rotateSigningKeys({ ctx: cast.system })
  await rotateSigningKeys({ ctx, input: { compromised: true } })
  const free = await db().plan.findUniqueOrThrow({ where: { key: 'free' } })
  const { maxMembers, perMinute, perMonth, retentionDays, maxRefreshDays } = free
  await editPlan({ ctx, input: { plan: 'free', maxClients: 7, maxMembers, perMinute, perMonth, retentionDays, maxRefreshDays } })
  projectId = (await createProject({ ctx, input: { title: 'Shop', categories: 'Tools' } })).id
  await publishProject({ ctx, input: { id: projectId } })
  await unpublishProject({ ctx, input: { id: projectId } })
  await changeProject({ ctx, input: { id: projectId, title: 'Store', isNew: true } })
  await deleteProject({ ctx, input: { id: projectId } })
  const { id: ticketId } = await createTicket({ ctx: cast.owner, input: { subject: 'Why?', text: 'It says no.' } })
  await answerTicket({ ctx, input: { ticketId, text: 'Because.' } })
  await replyToTicket({ ctx: cast.owner, input: { ticketId, text: 'I see.' } })
  await closeTicket({ ctx, input: { ticketId } })
  const account = { password: 'nine slow turtles by night' }
  await registerUser({ ctx: cast.system, input: { ...account, name: 'Olga', email: 'olga@example.test', operator: true } })
  const { id: teamId } = await createTeam({ ctx: cast.owner, input: { name: 'Gone' } })
  await deleteTeam({ ctx: cast.owner, input: { teamId } })
  // And what is not the installation's: people's own accounts, and teams'.
  const ada = await registerUser({ ctx: cast.system, input: { ...account, name: 'Ada', email: 'ada@example.test' } })
  await startSession({ ctx: cast.nobody, input: { userId: ada.userId, amr: ['pwd'], remember: false } })
  await updateProfile({ ctx: cast.owner, input: { name: 'Somebody Else' } })
  await createClient({ ctx: cast.owner, input: { teamId: cast.teamId, name: 'App' } })
})

const list = (ctx: Ctx, input: Partial<ListEventsInput> = {}) => listEvents({ ctx, input: { teamId: null, ...input } })
const actions = async (input: Partial<ListEventsInput> = {}) => (await list(operator, input)).events.map(({ action }) => action)

const ALL = [
  'team.deleted',
  'user.registered',
  'ticket.closed',
  'ticket.replied',
  'ticket.answered',
  'ticket.created',
  'project.deleted',
  'project.changed',
  'project.unpublished',
  'project.published',
  'project.created',
  'plan.edited',
  'keys.revoked',
  'keys.rotated',
]

describe('the log of the installation', () => {
  it.each([
    ['owner', 'not_found'],
    ['admin', 'not_found'],
    ['developer', 'not_found'],
    ['viewer', 'not_found'],
    ['stranger', 'not_found'],
    ['nobody', 'unauthenticated'],
    ['system', 'ok'],
  ] as const)('%s: %s', async (actor, expected) => {
    expect(await outcome(list(cast[actor]))).toBe(expected)
  })

  it('gives an operator what belongs to no team, and nothing of anybody’s account', async () => {
    expect((await actions()).sort()).toEqual([...ALL].sort())
    const hidden = await db().auditEvent.groupBy({ by: ['action'], where: { teamId: null } })
    expect(hidden.map(({ action }) => action)).toEqual(expect.arrayContaining(['user.profile_updated', 'session.created']))
  })

  it('does not open a team’s log to an operator, nor this one to a team', async () => {
    expect(await outcome(list(operator, { teamId: cast.teamId }))).toBe('not_found')
    const { events } = await list(cast.owner, { teamId: cast.teamId, limit: 500 })
    expect(events.map(({ action }) => action)).toContain('client.created')
    expect(events.filter(({ action }) => ALL.includes(action))).toEqual([])
  })

  it('tells who changed what, before and after, and offers to undo nothing', async () => {
    const [plan] = (await list(operator, { action: 'plan' })).events
    expect(plan).toMatchObject({
      actor: { kind: 'user', id: operator.userId, name: 'operator' },
      target: { type: 'plan', id: 'free' },
      ip: '203.0.113.9',
      changes: [{ field: 'maxClients', after: '7' }],
      undo: null,
    })
    const [changed] = (await list(operator, { action: 'project.changed' })).events
    expect(changed).toMatchObject({ target: { name: 'Store' } })
    expect(changed?.changes).toEqual(
      expect.arrayContaining([
        { field: 'title', before: 'Shop', after: 'Store' },
        { field: 'isNew', before: 'false', after: 'true' },
      ]),
    )
    expect((await list(operator, { action: 'user' })).events).toMatchObject([{ actor: { kind: 'system' }, target: { name: 'Olga' } }])
  })

  it('tells of keys which signed and which sign, as people read it', async () => {
    const [revoked, rotated] = (await list(operator, { action: 'keys' })).events
    expect(rotated?.changes.map(({ field }) => field)).toEqual(['signing'])
    expect(rotated?.changes[0]?.added?.[0]).toMatch(/^alg: \w+, kid: [\w-]+$/)
    expect(revoked?.changes.map(({ field, removed }) => [field, removed?.length])).toEqual([
      ['signing', rotated?.changes[0]?.added?.length],
      ['verifying', rotated?.changes[0]?.removed?.length],
    ])
  })

  it('filters, and pages through all of it once', async () => {
    expect(await actions({ actor: 'system' })).toEqual(['user.registered', 'keys.rotated'])
    expect((await actions({ actor: operator.userId })).length).toBe(9)
    expect(await actions({ target: 'free' })).toEqual(['plan.edited'])
    expect((await actions({ target: String(projectId) })).length).toBe(5)
    expect(await actions({ action: 'session' })).toEqual([])
    const all = (await list(operator)).events.map(({ id }) => id)
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof list>> = await list(operator, { limit: 3, ...(cursor ? { cursor } : {}) })
      seen.push(...page.events.map(({ id }) => id))
      cursor = page.nextCursor
    } while (cursor)
    expect(seen).toEqual(all)
    expect(seen.length).toBe(ALL.length)
  })

  it('has words for everything that is in it', async () => {
    const { events } = await list(operator)
    const said = { actions: Object.keys(en.audit.actions), fields: Object.keys(en.audit.fields), areas: Object.keys(en.audit.areas) }
    for (const { action, changes } of events) {
      expect(said.actions).toContain(action.replace('.', '_'))
      expect(said.areas).toContain(action.split('.')[0])
      for (const { field } of changes) expect(said.fields, action).toContain(field)
    }
  })

  it('is read along its own index, however many log-ins there are', async () => {
    const plan = await db().$transaction(async (tx) => {
      // The table of a test is so small that anything else is cheaper.
      await tx.$executeRaw`SET LOCAL enable_seqscan = off`
      await tx.$executeRaw`SET LOCAL enable_sort = off`
      const rows = await tx.$queryRaw<{ 'QUERY PLAN': string }[]>(Prisma.sql`EXPLAIN ${eventsQuery('installation', {}, 51)}`)
      return rows.map((row) => row['QUERY PLAN']).join('\n')
    })
    expect(plan).toContain('audit_events_installation_idx')
    expect(plan).not.toContain('Sort')
  })
})
