import { type Ctx, readOnce } from '#lib/context.ts'
import { type Db, db, joinedTransaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { findMember, isOwnerRole } from './internal.ts'
import { PERMISSIONS, type Permission } from './permissions.ts'

/** What the actor may do in a team. */
export type Access = {
  teamId: string
  /** The person acting, or null for the system. */
  userId: string | null
  permissions: readonly Permission[]
  /** Set when the actor's role counts only for these clients. */
  clientIds: readonly string[] | null
  /** Has the role Owner, which stands above all others, whatever these may do. */
  owner: boolean
}

export type AuthorizeInput = { teamId: string; permission: Permission; clientId?: string }

/**
 * Lets the actor pass or throws. With `clientId`, a member whose role is limited to chosen clients passes for those only; without it,
 * such a member may only read, and must narrow what is read to `clientIds`.
 * @throws AppError unauthenticated (nobody), not_found (strangers, and clients outside a limited role: that something exists is not
 * disclosed), permission_denied with `params.permission`
 */
export async function authorize(ctx: Ctx, input: AuthorizeInput, tx?: Db): Promise<Access> {
  const { teamId, permission, clientId } = input
  const access = await authorizeMember(ctx, teamId, tx)
  const { clientIds } = access
  if (clientId !== undefined && clientIds && !clientIds.includes(clientId)) {
    throw new AppError('not_found', { message: 'There is no such thing here.' })
  }
  const tooWide = clientId === undefined && clientIds !== null && !permission.endsWith('.read')
  if (tooWide || !access.permissions.includes(permission)) {
    throw new AppError('permission_denied', { message: `This needs the permission ${permission}.`, params: { permission } })
  }
  return access
}

/** Lets every member of a team pass, whatever their role, for what all of them may see. @throws AppError unauthenticated, not_found */
export async function authorizeMember(ctx: Ctx, teamId: string, tx?: Db): Promise<Access> {
  const { actor } = ctx
  if (actor.kind === 'system') return { teamId, userId: null, permissions: PERMISSIONS, clientIds: null, owner: true }
  if (actor.kind === 'nobody') throw new AppError('unauthenticated', { message: 'Log in first.' })
  const plausible = typeof teamId === 'string' && /^[\w-]{1,100}$/.test(teamId)
  const member = plausible && actor.kind === 'user' ? await readMember(ctx, teamId, actor.userId, tx) : null
  if (!member || actor.kind !== 'user') throw new AppError('not_found', { message: 'There is no such thing here.' })
  return {
    teamId,
    userId: actor.userId,
    permissions: member.role.permissions as Permission[],
    clientIds: member.limitedClients ? member.clients.map((row) => row.clientId) : null,
    owner: isOwnerRole(member.role),
  }
}

/** In a transaction always anew: what it decides on must not change before it ends. */
function readMember(ctx: Ctx, teamId: string, userId: string, tx: Db | undefined = joinedTransaction()) {
  return tx ? findMember(tx, teamId, userId) : readOnce(ctx, `member ${teamId} ${userId}`, () => findMember(db(), teamId, userId))
}
