import type { MemberRow, RoleRow } from './internal.ts'
import type { Permission } from './permissions.ts'

/** What may be done with a role, as a member of the team sees it. */
export type RoleDto = {
  id: string
  key: string
  name: string
  /** Every team has it, and nobody changes it. */
  system: boolean
  permissions: readonly Permission[]
  version: number
}

export function roleDto(row: RoleRow): RoleDto {
  const { id, key, name, system, version } = row
  return { id, key, name, system, permissions: row.permissions as Permission[], version }
}

/** What the audit trail keeps of a membership: enough to give it back. */
export function memberAudit(row: MemberRow) {
  return {
    role: row.role.name,
    roleId: row.roleId,
    clients: row.limitedClients ? row.clients.map(({ clientId }) => clientId).sort() : null,
  }
}
