import * as z from 'zod'
import { authorizeOperator } from '#lib/authorize-operator.ts'
import type { Ctx } from '#lib/context.ts'
import { readCursor, writeCursor } from '#lib/cursor.ts'
import { db, type Prisma } from '#lib/db.ts'
import { parseInput } from '#lib/input.ts'
import { literal } from '#lib/search.ts'
import { type ProjectDetail, projectDetail, requireProject, withCategories } from './internal.ts'
import { type ListProjectsInput, listProjectsInput, publishProjectInput } from './schemas.ts'

const PAGE = 50
/** Position and id, both as PostgreSQL's integer. */
const place = z.tuple([z.int32(), z.int32()])

/** Every project, drafts too, in the order in which they are shown; page by page. For operators. @throws AppError unauthenticated, not_found, validation_failed */
export async function listProjects({
  ctx,
  input = {},
}: {
  ctx: Ctx
  input?: ListProjectsInput
}): Promise<{ projects: ProjectDetail[]; nextCursor: string | null }> {
  authorizeOperator(ctx)
  const { search, cursor } = parseInput(listProjectsInput, input)
  const found: Prisma.ProjectWhereInput = search ? { title: { contains: literal(search), mode: 'insensitive' } } : {}
  const rows = await db().project.findMany({
    where: { AND: [found, after(cursor)] },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
    take: PAGE + 1,
    include: withCategories,
  })
  const shown = rows.slice(0, PAGE)
  const last = shown.at(-1)
  return {
    projects: shown.map((row) => projectDetail(row)),
    nextCursor: rows.length > PAGE && last ? writeCursor([last.position, last.id]) : null,
  }
}

/** One project, to edit. For operators. @throws AppError unauthenticated, not_found */
export async function getProject({ ctx, input }: { ctx: Ctx; input: { id: string | number } }): Promise<ProjectDetail> {
  authorizeOperator(ctx)
  const { id } = parseInput(publishProjectInput, { id: input.id })
  return projectDetail(await requireProject(db(), id))
}

/** What comes after a cursor. */
function after(cursor: string | undefined): Prisma.ProjectWhereInput {
  if (!cursor) return {}
  const [position, id] = readCursor(cursor, place)
  return { OR: [{ position: { gt: position } }, { position, id: { gt: id } }] }
}
