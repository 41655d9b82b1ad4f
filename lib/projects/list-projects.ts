import { authorizeOperator } from '#lib/authorize-operator.ts'
import type { Ctx } from '#lib/context.ts'
import { db, type Prisma } from '#lib/db.ts'
import { parseInput } from '#lib/input.ts'
import { type ProjectDetail, projectDetail, requireProject, withCategories } from './internal.ts'
import { type ListProjectsInput, listProjectsInput, publishProjectInput } from './schemas.ts'

const PAGE = 50

/** Every project, drafts too, in the order in which they are shown; page by page. For operators. @throws AppError unauthenticated, not_found */
export async function listProjects({
  ctx,
  input = {},
}: {
  ctx: Ctx
  input?: ListProjectsInput
}): Promise<{ projects: ProjectDetail[]; nextCursor: string | null }> {
  authorizeOperator(ctx)
  const { search, cursor } = parseInput(listProjectsInput, input)
  const found: Prisma.ProjectWhereInput = search ? { title: { contains: search.replaceAll(/[\\%_]/g, '\\$&'), mode: 'insensitive' } } : {}
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
    nextCursor: rows.length > PAGE && last ? `${last.position}_${last.id}` : null,
  }
}

/** One project, to edit. For operators. @throws AppError unauthenticated, not_found */
export async function getProject({ ctx, input }: { ctx: Ctx; input: { id: string | number } }): Promise<ProjectDetail> {
  authorizeOperator(ctx)
  const { id } = parseInput(publishProjectInput, { id: input.id })
  return projectDetail(await requireProject(db(), id))
}

/** What comes after a cursor. One that is none of ours begins at the start. */
function after(cursor: string | undefined): Prisma.ProjectWhereInput {
  const [, position, id] = /^(\d{1,9})_(\d{1,9})$/.exec(cursor ?? '') ?? []
  if (position === undefined) return {}
  return { OR: [{ position: { gt: Number(position) } }, { position: Number(position), id: { gt: Number(id) } }] }
}
