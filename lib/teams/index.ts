// Owns teams, their members and roles, and the question who may do what: every verb that touches something of a team calls `authorize`.
// The limits of a team are lib/plans; people are lib/accounts.
export { type Access, authorize } from './authorize.ts'
export { authorizeClient, type ClientAccess, type ClientRow } from './authorize-client.ts'
export { authorizeEverywhere } from './authorize-everywhere.ts'
export { createPersonalTeam } from './create-personal-team.ts'
export { findPersonalTeam, findTeam, type PersonalTeam } from './find-team.ts'
export type { Permission } from './permissions.ts'
export { type TeamOfUser, teamsOf } from './teams-of.ts'
