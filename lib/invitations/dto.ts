import { type InvitationRow, isOpen } from './internal.ts'

/** An open invitation as those see it who manage members. */
export type InvitationDto = {
  id: string
  email: string
  role: { id: string; key: string; name: string }
  /** How many clients the role would count for; null: all. */
  clients: number | null
  invitedBy: string | null
  createdAt: string
  sentAt: string
  sentCount: number
  expiresAt: string
  expired: boolean
}

export function invitationDto(row: InvitationRow): InvitationDto {
  const { id, email, role } = row
  return {
    id,
    email,
    role: { id: role.id, key: role.key, name: role.name },
    clients: row.limitedClients ? row.clientIds.length : null,
    invitedBy: row.invitedBy?.name ?? null,
    createdAt: row.createdAt.toISOString(),
    sentAt: row.sentAt.toISOString(),
    sentCount: row.sentCount,
    expiresAt: row.expiresAt.toISOString(),
    expired: !isOpen(row),
  }
}

/** What the audit trail keeps of an invitation. */
export function invitationAudit(row: InvitationRow) {
  return { email: row.email, role: row.role.name, roleId: row.roleId, clients: row.limitedClients ? row.clientIds : null }
}
