import type { Db, Prisma } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'

/** What reads of projects include. */
export const withCategories = { categories: { orderBy: { name: 'asc' } } } satisfies Prisma.ProjectInclude

export type ProjectRow = Prisma.ProjectGetPayload<{ include: typeof withCategories }>

/** A project as operators see it. */
export type ProjectDetail = {
  id: number
  title: string
  description: string
  image: string | null
  link: string | null
  isNew: boolean
  directRedirect: boolean
  position: number
  categories: string[]
  /** `scheduled`: published from `publishedAt` on. */
  state: 'draft' | 'scheduled' | 'published'
  publishedAt: string | null
  updatedAt: string
}

export function projectDetail(row: ProjectRow, now = new Date()): ProjectDetail {
  const { id, title, description, image, link, isNew, directRedirect, position, publishedAt } = row
  return {
    ...{ id, title, description, image, link, isNew, directRedirect, position },
    categories: row.categories.map(({ name }) => name),
    state: publishedAt === null ? 'draft' : publishedAt > now ? 'scheduled' : 'published',
    publishedAt: publishedAt?.toISOString() ?? null,
    updatedAt: row.updatedAt.toISOString(),
  }
}

/** Projects change one at a time: there are few, and they share their categories. */
export async function lockProjects(tx: Db): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('projects', 0))`
}

/** @throws AppError not_found */
export async function requireProject(tx: Db, id: number): Promise<ProjectRow> {
  const row = await tx.project.findUnique({ where: { id }, include: withCategories })
  if (!row) throw new AppError('not_found', { message: 'There is no such project.' })
  return row
}

/** The categories of these names, made where they are missing. */
export async function categoriesOf(tx: Db, names: string[]): Promise<{ id: number }[]> {
  await tx.projectCategory.createMany({ data: names.map((name) => ({ name })), skipDuplicates: true })
  return tx.projectCategory.findMany({ where: { name: { in: names } }, select: { id: true } })
}

/** Removes categories that no project has any more. */
export async function dropUnusedCategories(tx: Db): Promise<void> {
  await tx.projectCategory.deleteMany({ where: { projects: { none: {} } } })
}

/** What the audit trail keeps of a project. */
export function projectAudit(row: ProjectRow): Prisma.InputJsonObject {
  const { title, description, image, link, isNew, directRedirect, position, categories } = projectDetail(row)
  return { title, description, image, link, isNew, directRedirect, position, categories }
}
