import { recordAudit } from '#lib/audit/index.ts'
import { authorizeOperator } from '#lib/authorize-operator.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { parseInput } from '#lib/input.ts'
import {
  categoriesOf,
  dropUnusedCategories,
  lockProjects,
  type ProjectDetail,
  projectAudit,
  projectDetail,
  requireProject,
  withCategories,
} from './internal.ts'
import { type ChangeProjectInput, changeProjectInput, type SaveProjectInput, saveProjectInput } from './schemas.ts'

/** Makes a project: a draft, until it is published. For operators. @throws AppError unauthenticated, not_found, validation_failed */
export async function createProject({ ctx, input }: { ctx: Ctx; input: SaveProjectInput }): Promise<ProjectDetail> {
  authorizeOperator(ctx)
  const { categories, ...data } = parseInput(saveProjectInput, input)
  return transaction(async (tx) => {
    await lockProjects(tx)
    const connect = await categoriesOf(tx, categories)
    const row = await tx.project.create({ data: { ...data, categories: { connect } }, include: withCategories })
    await recordAudit(tx, ctx, {
      action: 'project.created',
      teamId: null,
      target: { type: 'project', id: String(row.id) },
      after: projectAudit(row),
    })
    return projectDetail(row)
  })
}

/**
 * Changes a project; whether it is published stays. For operators.
 * @throws AppError unauthenticated, not_found, validation_failed, conflict (someone else changed it meanwhile)
 */
export async function changeProject({ ctx, input }: { ctx: Ctx; input: ChangeProjectInput }): Promise<ProjectDetail> {
  authorizeOperator(ctx)
  const { id, seen, categories, ...data } = parseInput(changeProjectInput, input)
  return transaction(async (tx) => {
    await lockProjects(tx)
    const before = await requireProject(tx, id)
    if (seen !== undefined && seen !== before.updatedAt.toISOString()) {
      throw new AppError('conflict', { message: 'Someone else changed this project meanwhile.', params: { reason: 'project_changed' } })
    }
    const set = await categoriesOf(tx, categories)
    const row = await tx.project.update({ where: { id }, data: { ...data, categories: { set } }, include: withCategories })
    await dropUnusedCategories(tx)
    await recordAudit(tx, ctx, {
      action: 'project.changed',
      teamId: null,
      target: { type: 'project', id: String(id) },
      before: projectAudit(before),
      after: projectAudit(row),
    })
    return projectDetail(row)
  })
}
