import { recordAudit } from '#lib/audit/index.ts'
import { authorizeOperator } from '#lib/authorize-operator.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { parseInput } from '#lib/input.ts'
import { dropUnusedCategories, lockProjects, projectAudit, requireProject } from './internal.ts'
import { publishProjectInput } from './schemas.ts'

/** Deletes a project for good. For operators. @throws AppError unauthenticated, not_found */
export async function deleteProject({ ctx, input }: { ctx: Ctx; input: { id: string | number } }): Promise<{ title: string }> {
  authorizeOperator(ctx)
  const { id } = parseInput(publishProjectInput, { id: input.id })
  return transaction(async (tx) => {
    await lockProjects(tx)
    const row = await requireProject(tx, id)
    await tx.project.delete({ where: { id } })
    await dropUnusedCategories(tx)
    await recordAudit(tx, ctx, {
      action: 'project.deleted',
      teamId: null,
      target: { type: 'project', id: String(id) },
      before: projectAudit(row),
    })
    return { title: row.title }
  })
}
