import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Ctx } from '#lib/context.ts'
import { writeCursor } from '#lib/cursor.ts'
import { db } from '#lib/db.ts'
import { type Cast, makeCast, makeUser, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import {
  changeProject,
  createProject,
  deleteProject,
  getProject,
  listProjects,
  listPublishedProjects,
  publishProject,
  unpublishProject,
} from './index.ts'
import type { SaveProjectInput } from './schemas.ts'

useTestDatabase()
let cast: Cast
let operator: Ctx

beforeAll(async () => {
  cast = await makeCast()
  const user = await makeUser('operator')
  operator = { ...user, actor: { ...user.actor, isOperator: true } as Ctx['actor'] }
})

beforeEach(async () => {
  await db().project.deleteMany()
  await db().projectCategory.deleteMany()
  await db().auditEvent.deleteMany()
})

const make = (more: Partial<SaveProjectInput> = {}) => createProject({ ctx: operator, input: { title: 'Shop', ...more } })
const shown = async (now = new Date()) => (await listPublishedProjects(now)).map(({ title }) => title)

it('is for operators and the system; to anyone else nothing of it exists', async () => {
  const { owner, admin, viewer, stranger, nobody, system } = cast
  const { id } = await make()
  const verbs = {
    create: (ctx: Ctx) => createProject({ ctx, input: { title: 'X' } }),
    change: (ctx: Ctx) => changeProject({ ctx, input: { id, title: 'X' } }),
    publish: (ctx: Ctx) => publishProject({ ctx, input: { id } }),
    unpublish: (ctx: Ctx) => unpublishProject({ ctx, input: { id } }),
    list: (ctx: Ctx) => listProjects({ ctx }),
    get: (ctx: Ctx) => getProject({ ctx, input: { id } }),
  }
  for (const [name, verb] of Object.entries(verbs)) {
    const refused = await Promise.all([owner, admin, viewer, stranger, nobody].map((ctx) => outcome(verb(ctx))))
    expect(refused, name).toEqual(['not_found', 'not_found', 'not_found', 'not_found', 'unauthenticated'])
    expect([await outcome(verb(operator)), await outcome(verb(system))], name).toEqual(['ok', 'ok'])
  }
  const remove = (ctx: Ctx) => outcome(deleteProject({ ctx, input: { id } }))
  expect([await remove(owner), await remove(nobody), await remove(operator), await remove(operator)]).toEqual([
    'not_found',
    'unauthenticated',
    'ok',
    'not_found',
  ])
})

it('a project is a draft until it is published, and can be taken back; each step is recorded', async () => {
  const { id, state } = await make({ categories: 'Tools, Games,, Tools ' })
  expect([state, await shown()]).toEqual(['draft', []])
  expect(await publishProject({ ctx: operator, input: { id } })).toMatchObject({ state: 'published' })
  expect(await listPublishedProjects()).toMatchObject([
    { id, title: 'Shop', image: null, is_new: false, categories: [{ name: 'Games' }, { name: 'Tools' }] },
  ])
  await publishProject({ ctx: operator, input: { id } })
  await changeProject({ ctx: operator, input: { id, title: 'Store', categories: 'Tools', isNew: true } })
  expect(await listPublishedProjects()).toMatchObject([{ title: 'Store', is_new: true, categories: [{ name: 'Tools' }] }])
  expect(await db().projectCategory.count()).toBe(1)
  await unpublishProject({ ctx: operator, input: { id } })
  expect(await shown()).toEqual([])
  await deleteProject({ ctx: operator, input: { id } })
  expect(await db().projectCategory.count()).toBe(0)
  const events = await db().auditEvent.findMany({ where: { targetId: String(id) }, orderBy: [{ at: 'asc' }, { id: 'asc' }] })
  const actions = events.map(({ action }) => action)
  expect(actions).toEqual(['project.created', 'project.published', 'project.changed', 'project.unpublished', 'project.deleted'])
  expect(events[2]).toMatchObject({ teamId: null, before: { title: 'Shop' }, after: { title: 'Store' } })
})

it('publishes from a moment on', async () => {
  const { id } = await make()
  expect(await publishProject({ ctx: operator, input: { id, at: '2099-01-01T12:00' } })).toMatchObject({
    state: 'scheduled',
    publishedAt: '2099-01-01T12:00:00.000Z',
  })
  expect(await shown()).toEqual([])
  expect(await shown(new Date('2099-01-01T12:00:00Z'))).toEqual(['Shop'])
  expect(await outcome(publishProject({ ctx: operator, input: { id, at: 'soon' } }))).toBe('validation_failed')
  // Now, after all.
  expect(await publishProject({ ctx: operator, input: { id } })).toMatchObject({ state: 'published' })
})

it('tells the later of two editors', async () => {
  const { id, updatedAt } = await make()
  await changeProject({ ctx: operator, input: { id, title: 'First', seen: updatedAt } })
  await expect(changeProject({ ctx: operator, input: { id, title: 'Second', seen: updatedAt } })).rejects.toMatchObject({
    code: 'conflict',
    params: { reason: 'project_changed' },
  })
  expect((await getProject({ ctx: operator, input: { id } })).title).toBe('First')
})

it('two that name the same new category at once share it', async () => {
  await Promise.all(['a', 'b', 'c', 'd'].map((title) => make({ title, categories: 'Tools' })))
  expect(await db().projectCategory.count()).toBe(1)
})

describe('what is typed', () => {
  it.each([
    [{ title: ' ' }, 'title'],
    [{ title: 'x'.repeat(121) }, 'title'],
    [{ link: 'javascript:alert(1)' }, 'link'],
    [{ link: 'https://user:pass@example.com' }, 'link'],
    [{ image: 'picture.png' }, 'image'],
    [{ categories: 'a,b,c,d,e,f,g,h,i,j,k' }, 'categories'],
    [{ categories: 'x'.repeat(41) }, 'categories'],
    [{ position: '-1' }, 'position'],
    [{ position: '1.5' }, 'position'],
    [{ description: 'x'.repeat(2001) }, 'description'],
  ])('%j', async (more, path) => {
    await expect(make(more)).rejects.toMatchObject({ code: 'validation_failed', fields: [{ path }] })
  })

  it('an id that is none is not found', async () => {
    for (const id of ['x', '', '1e99', '-1', '99999999999'])
      expect(await outcome(getProject({ ctx: operator, input: { id } }))).toBe('not_found')
  })
})

it('lists in order, found by title, page by page', async () => {
  await db().project.createMany({
    data: Array.from({ length: 60 }, (_, n) => ({ title: `Project ${String(n).padStart(2, '0')}`, position: n % 2 })),
  })
  const first = await listProjects({ ctx: operator })
  const second = await listProjects({ ctx: operator, input: { cursor: first.nextCursor ?? '' } })
  expect([first.projects.length, second.projects.length, second.nextCursor]).toEqual([50, 10, null])
  expect(new Set([...first.projects, ...second.projects].map(({ id }) => id)).size).toBe(60)
  expect(first.projects.map(({ position }) => position)).toEqual(first.projects.map(({ position }) => position).toSorted())
  expect((await listProjects({ ctx: operator, input: { search: 'ect 07' } })).projects).toHaveLength(1)
  expect((await listProjects({ ctx: operator, input: { search: '%' } })).projects).toEqual([])
  expect(await outcome(listProjects({ ctx: operator, input: { search: 'a\0_' } }))).toBe('ok')
  for (const cursor of ["'; --", writeCursor(['x', 1]), writeCursor([0, 2 ** 40])])
    expect(await outcome(listProjects({ ctx: operator, input: { cursor } }))).toBe('validation_failed')
})
