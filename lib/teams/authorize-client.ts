import { type Ctx, readOnce } from '#lib/context.ts'
import { type Db, db, joinedTransaction, type Prisma } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { type Access, authorize } from './authorize.ts'
import type { Permission } from './permissions.ts'

export type ClientRow = Prisma.ClientGetPayload<object>

/** A client's row and what the actor may do with it. */
export type ClientAccess = Access & { client: ClientRow }

/**
 * {@link authorize} for one client that is not deleted; with `deleted`, for one that is. In a transaction, `lock` keeps others from changing the
 * client until it ends.
 * @throws AppError unauthenticated, not_found (unknown, deleted or not theirs: one answer), permission_denied
 */
export async function authorizeClient(
  ctx: Ctx,
  input: { clientId: string; permission: Permission },
  tx: Db | undefined = joinedTransaction(),
  { lock = false, deleted = false } = {},
): Promise<ClientAccess> {
  const { clientId, permission } = input
  if (ctx.actor.kind === 'nobody') throw new AppError('unauthenticated', { message: 'Log in first.' })
  // What cannot be an id never reaches the database: PostgreSQL answers a NUL with an error.
  const plausible = typeof clientId === 'string' && /^[\w-]{1,100}$/.test(clientId)
  if (plausible && lock) await (tx ?? db()).$queryRaw`SELECT 1 FROM clients WHERE id = ${clientId} FOR UPDATE`
  const client = plausible ? await readClient(ctx, clientId, deleted, tx) : null
  if (!client) throw new AppError('not_found', { message: 'There is no such client.' })
  const access = await authorize(ctx, { teamId: client.teamId, permission, clientId: client.id }, tx)
  return { ...access, client }
}

function readClient(ctx: Ctx, id: string, deleted: boolean, tx: Db | undefined) {
  const find = () => (tx ?? db()).client.findFirst({ where: { id, deletedAt: deleted ? { not: null } : null } })
  return tx ? find() : readOnce(ctx, `client ${id} ${deleted}`, find)
}
