import type { Db } from '#lib/db.ts'
import { changePlan } from '#lib/team-plan/index.ts'
import {
  createRole,
  deleteRole,
  memberAudit,
  type Permission,
  renameTeam,
  requireMember,
  setMemberClients,
  setMemberRole,
  updateRole,
} from '#lib/teams/index.ts'
import type { TeamEventRow } from '../internal.ts'
import { after, before, same, text, texts, type Undo } from './undo.ts'

const renamed: Undo = {
  permission: 'members.manage',
  stands: async (tx, event) => (await tx.team.findUnique({ where: { id: event.team_id } }))?.name === after(event).name,
  apply: (ctx, event) => renameTeam({ ctx, input: { teamId: event.team_id, name: text(before(event).name) } }),
}

async function membershipIs(
  tx: Db,
  { team_id: teamId, target_id: userId }: TeamEventRow,
  wanted: Record<string, unknown>,
): Promise<boolean> {
  const there = (await tx.member.count({ where: { teamId, userId } })) === 1
  if (!there) return false
  const { roleId, clients } = memberAudit(await requireMember(tx, teamId, userId))
  return same({ roleId, clients }, { roleId: wanted.roleId, clients: texts(wanted.clients)?.sort() ?? null })
}

const ref = (event: TeamEventRow) => ({ teamId: event.team_id, userId: event.target_id })

const roleChanged: Undo = {
  permission: 'members.manage',
  stands: (tx, event) => membershipIs(tx, event, after(event)),
  apply: async (ctx, event) => {
    await setMemberRole({ ctx, input: { ...ref(event), roleId: text(before(event).roleId) } })
    const clientIds = texts(before(event).clients)
    // Becoming an owner had lifted the limit.
    if (clientIds && !same(clientIds, after(event).clients)) await setMemberClients({ ctx, input: { ...ref(event), clientIds } })
  },
}

const clientsChanged: Undo = {
  permission: 'members.manage',
  stands: (tx, event) => membershipIs(tx, event, after(event)),
  apply: (ctx, event) => setMemberClients({ ctx, input: { ...ref(event), clientIds: texts(before(event).clients) } }),
}

const role = (event: TeamEventRow) => ({ teamId: event.team_id, roleId: event.target_id })
const permissionsOf = (values: Record<string, unknown>) => (texts(values.permissions) ?? []) as Permission[]

async function roleIs(tx: Db, event: TeamEventRow, wanted: Record<string, unknown>): Promise<boolean> {
  const row = await tx.role.findFirst({ where: { id: event.target_id, teamId: event.team_id } })
  return row !== null && row.name === wanted.name && same(row.permissions, wanted.permissions)
}

const roleEdited: Undo = {
  permission: 'roles.manage',
  stands: (tx, event) => roleIs(tx, event, after(event)),
  apply: (ctx, event) =>
    updateRole({ ctx, input: { ...role(event), name: text(before(event).name), permissions: permissionsOf(before(event)) } }),
}

const roleCreated: Undo = {
  permission: 'roles.manage',
  stands: (tx, event) => roleIs(tx, event, after(event)),
  apply: (ctx, event) => deleteRole({ ctx, input: role(event) }),
}

const roleDeleted: Undo = {
  permission: 'roles.manage',
  stands: async (tx, event) => (await tx.role.count({ where: { id: event.target_id } })) === 0,
  apply: (ctx, event) =>
    createRole({ ctx, input: { teamId: event.team_id, name: text(before(event).name), permissions: permissionsOf(before(event)) } }),
}

const planChanged: Undo = {
  permission: 'plan.manage',
  possible: (event) => typeof before(event).plan === 'string',
  stands: async (tx, event) => (await tx.team.findUnique({ where: { id: event.team_id } }))?.planKey === after(event).plan,
  apply: (ctx, event) => changePlan({ ctx, input: { teamId: event.team_id, plan: text(before(event).plan) } }),
}

/** Changes of teams that can be taken back, by their action. */
export const TEAM_UNDOS: Record<string, Undo> = {
  'team.renamed': renamed,
  'member.role_changed': roleChanged,
  'member.clients_changed': clientsChanged,
  'role.created': roleCreated,
  'role.changed': roleEdited,
  'role.deleted': roleDeleted,
  'plan.changed': planChanged,
}
