import { authorizeOperator } from '#lib/authorize-operator.ts'
import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'

/** A key pair as an operator sees it. Times as ISO 8601, null: not yet. */
export type SigningKeyDto = {
  kid: string
  alg: string
  state: 'next' | 'current' | 'previous' | 'retired'
  createdAt: string
  activeAt: string | null
  retiredAt: string | null
}

/** All keys, by algorithm, those that sign first. @throws AppError unauthenticated, not_found */
export async function listSigningKeys({ ctx }: { ctx: Ctx }): Promise<SigningKeyDto[]> {
  authorizeOperator(ctx)
  const rows = await db().signingKey.findMany({
    select: { kid: true, alg: true, state: true, createdAt: true, activeAt: true, retiredAt: true },
    orderBy: [{ alg: 'asc' }, { createdAt: 'desc' }],
  })
  const order = { current: 0, next: 1, previous: 2, retired: 3 }
  return rows
    .sort((a, b) => a.alg.localeCompare(b.alg) || order[a.state] - order[b.state])
    .map((row) => ({
      ...row,
      createdAt: row.createdAt.toISOString(),
      activeAt: row.activeAt?.toISOString() ?? null,
      retiredAt: row.retiredAt?.toISOString() ?? null,
    }))
}
