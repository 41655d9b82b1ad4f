import { recordAudit } from '#lib/audit/index.ts'
import { authorizeOperator } from '#lib/authorize-operator.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { parseInput } from '#lib/input.ts'
import { lockProjects, type ProjectDetail, projectDetail, requireProject, withCategories } from './internal.ts'
import { type PublishProjectInput, publishProjectInput } from './schemas.ts'

/**
 * Shows a project to everyone, at once or from a moment on. One that is published keeps its date, unless another is given. For operators.
 * @throws AppError unauthenticated, not_found, validation_failed
 */
export async function publishProject({ ctx, input }: { ctx: Ctx; input: PublishProjectInput }): Promise<ProjectDetail> {
  authorizeOperator(ctx)
  const { id, at } = parseInput(publishProjectInput, input)
  return setPublished(ctx, id, (present) => at ?? (present && present <= new Date() ? present : new Date()))
}

/** Makes a project a draft again: nobody sees it any more. For operators. @throws AppError unauthenticated, not_found */
export async function unpublishProject({ ctx, input }: { ctx: Ctx; input: { id: string | number } }): Promise<ProjectDetail> {
  authorizeOperator(ctx)
  const { id } = parseInput(publishProjectInput, { id: input.id })
  return setPublished(ctx, id, () => null)
}

async function setPublished(ctx: Ctx, id: number, next: (present: Date | null) => Date | null): Promise<ProjectDetail> {
  return transaction(async (tx) => {
    await lockProjects(tx)
    const before = await requireProject(tx, id)
    const publishedAt = next(before.publishedAt)
    if (publishedAt?.getTime() === before.publishedAt?.getTime()) return projectDetail(before)
    const row = await tx.project.update({ where: { id }, data: { publishedAt }, include: withCategories })
    await recordAudit(tx, ctx, {
      action: publishedAt ? 'project.published' : 'project.unpublished',
      teamId: null,
      target: { type: 'project', id: String(id) },
      before: { title: before.title, publishedAt: before.publishedAt?.toISOString() ?? null },
      after: { title: row.title, publishedAt: publishedAt?.toISOString() ?? null },
    })
    return projectDetail(row)
  })
}
