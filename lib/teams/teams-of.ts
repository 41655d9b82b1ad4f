import { db } from '#lib/db.ts'
import { findMemberships } from './internal.ts'
import type { Permission } from './permissions.ts'

/** A team as one of its members sees it. */
export type TeamOfUser = {
  id: string
  name: string
  personal: boolean
  role: { key: string; name: string }
  permissions: readonly Permission[]
  /** The role counts only for chosen clients. */
  limitedClients: boolean
}

/** The teams that a user belongs to: the personal one first, then by when they joined. */
export async function teamsOf(userId: string): Promise<TeamOfUser[]> {
  const memberships = await findMemberships(db(), userId)
  return memberships
    .map(({ team, role, limitedClients }) => ({
      id: team.id,
      name: team.name,
      personal: team.personalOwnerId === userId,
      role: { key: role.key, name: role.name },
      permissions: role.permissions as Permission[],
      limitedClients,
    }))
    .sort((a, b) => Number(b.personal) - Number(a.personal))
}
