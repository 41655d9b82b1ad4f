import { isOperator } from '#lib/authorize-operator.ts'
import type { Ctx } from '#lib/context.ts'
import type { Db } from '#lib/db.ts'
import { authorizeClient, type ClientRow } from '#lib/teams/index.ts'

/** The client's row under a lock, and whether the installation itself acts. */
export type Restriction = { client: ClientRow; operator: boolean }

/**
 * Who restricts and lifts: members with `clients.update`, and operators on every client.
 * @throws AppError unauthenticated, not_found, permission_denied
 */
export async function authorizeRestriction(ctx: Ctx, clientId: string, tx: Db): Promise<Restriction> {
  const operator = isOperator(ctx)
  // An operator is a member of few teams, and answers for the installation: the system's rights, the person's name in the audit trail.
  const as: Ctx = operator ? { ...ctx, actor: { kind: 'system', name: 'operator' } } : ctx
  const { client } = await authorizeClient(as, { clientId, permission: 'clients.update' }, tx, { lock: true })
  return { client, operator }
}
