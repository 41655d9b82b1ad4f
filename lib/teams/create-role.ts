import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { type Db, transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { newId } from '#lib/ids.ts'
import { parseInput } from '#lib/input.ts'
import { authorize } from './authorize.ts'
import { type RoleDto, roleDto } from './dto.ts'
import { findRoles, lockTeam } from './internal.ts'
import { checkMayHandOut } from './rank.ts'
import { type CreateRoleInput, createRoleInput } from './schemas.ts'

const MAX_ROLES = 50

/**
 * Makes a role of the team's own. Needs `roles.manage`, and every permission that it gives.
 * @throws AppError unauthenticated, not_found, permission_denied (`params.reason` above), validation_failed (name taken), limit_reached
 */
export async function createRole({ ctx, input }: { ctx: Ctx; input: CreateRoleInput }): Promise<RoleDto> {
  await authorize(ctx, { teamId: input.teamId, permission: 'roles.manage' })
  const { teamId, name, permissions } = parseInput(createRoleInput, input)
  return transaction(async (tx) => {
    await lockTeam(tx, teamId)
    const access = await authorize(ctx, { teamId, permission: 'roles.manage' }, tx)
    checkMayHandOut(access, permissions)
    await checkRoleName(tx, teamId, name)
    if ((await tx.role.count({ where: { teamId } })) >= MAX_ROLES) {
      throw new AppError('limit_reached', {
        message: `A team has at most ${MAX_ROLES} roles of its own.`,
        params: { limit: MAX_ROLES, what: 'roles' },
      })
    }
    const id = newId('rol')
    const row = await tx.role.create({ data: { id, key: id, teamId, name, permissions } })
    await recordAudit(tx, ctx, { action: 'role.created', teamId, target: { type: 'role', id }, after: { name, permissions } })
    return roleDto(row)
  })
}

/** People tell roles apart by their names. @throws AppError validation_failed when another role has it */
export async function checkRoleName(tx: Db, teamId: string, name: string, except?: string): Promise<void> {
  const taken = (await findRoles(tx, teamId)).some((role) => role.id !== except && role.name.toLowerCase() === name.toLowerCase())
  if (!taken) return
  const message = 'Another role has this name'
  throw new AppError('validation_failed', { message, fields: [{ path: 'name', message, code: 'role_name_taken' }] })
}
