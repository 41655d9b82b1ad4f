import { db } from '#lib/db.ts'

export type ProjectDto = {
  id: number
  title: string
  description: string
  image: string | null
  link: string | null
  is_new: boolean
  direct_redirect: boolean
  /** ISO 8601 */
  published_at: string
  categories: { id: number; name: string }[]
}

/** Everything that is published by now, in the operator's order. Public: anyone may ask. */
export async function listPublishedProjects(now: Date = new Date()): Promise<ProjectDto[]> {
  const rows = await db().project.findMany({
    where: { publishedAt: { lte: now } },
    include: { categories: { orderBy: { name: 'asc' } } },
    orderBy: [{ position: 'asc' }, { publishedAt: 'desc' }, { id: 'asc' }],
  })
  return rows.map((row) => ({
    id: row.id,
    title: row.title,
    description: row.description,
    image: row.image,
    link: row.link,
    is_new: row.isNew,
    direct_redirect: row.directRedirect,
    published_at: (row.publishedAt ?? now).toISOString(),
    categories: row.categories.map(({ id, name }) => ({ id, name })),
  }))
}
