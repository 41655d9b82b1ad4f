import { authorizeOperator } from '#lib/authorize-operator.ts'
import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'

/** More than any installation has. */
const MAX_OPERATORS = 200

/** Who runs the installation, by name, also those who are disabled: the log may tell of them. For operators. @throws AppError unauthenticated, not_found */
export async function listOperators({ ctx }: { ctx: Ctx }): Promise<{ id: string; name: string }[]> {
  authorizeOperator(ctx)
  return db().user.findMany({
    where: { isOperator: true },
    select: { id: true, name: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: MAX_OPERATORS,
  })
}
