import * as z from 'zod'
import { searchText } from '#lib/search.ts'
import { textLine } from '#lib/text-line.ts'
import { PERMISSIONS } from './permissions.ts'

/** What cannot be an id is nobody's, and never reaches the database: PostgreSQL answers a NUL with an error. */
const id = z
  .string()
  .max(100)
  .transform((text) => (/^[\w-]+$/.test(text) ? text : 'none'))

export const createTeamInput = z.object({ name: textLine(100) })
export type CreateTeamInput = z.input<typeof createTeamInput>

export const renameTeamInput = z.object({
  teamId: id,
  name: textLine(100),
  /** The name that the editor saw; when it is another by now, the rename is refused. */
  was: z.string().max(1000).optional(),
})
export type RenameTeamInput = z.input<typeof renameTeamInput>

export const deleteTeamInput = z.object({
  teamId: id,
  /** The team's name as typed by the person; when given it must match. */
  name: z.string().max(1000).optional(),
})
export type DeleteTeamInput = z.input<typeof deleteTeamInput>

export const listMembersInput = z.object({
  teamId: id,
  search: searchText.optional(),
  roleId: id.optional(),
  sort: z.enum(['joined', 'name']).default('joined'),
  limit: z.number().int().min(1).max(100).default(50),
  cursor: z.string().max(1000).optional(),
})
export type ListMembersInput = z.input<typeof listMembersInput>

export const memberRef = z.object({ teamId: id, userId: id })
export type MemberRef = z.input<typeof memberRef>

export const setMemberRoleInput = memberRef.extend({ roleId: id })
export type SetMemberRoleInput = z.input<typeof setMemberRoleInput>

/** Chosen clients of a role; null: all of them. */
export const chosenClients = z
  .array(id)
  .max(200)
  .transform((ids) => [...new Set(ids)])
  .refine((ids) => ids.length > 0, { message: 'Choose at least one client', params: { code: 'clients_required' } })
  .nullable()

export const setMemberClientsInput = memberRef.extend({ clientIds: chosenClients })
export type SetMemberClientsInput = z.input<typeof setMemberClientsInput>

const permissions = z
  .array(z.enum(PERMISSIONS))
  .max(100)
  .transform((names) => PERMISSIONS.filter((name) => names.includes(name)))
  .refine((names) => names.length > 0, { message: 'Choose at least one permission', params: { code: 'permissions_required' } })

export const createRoleInput = z.object({ teamId: id, name: textLine(60), permissions })
export type CreateRoleInput = z.input<typeof createRoleInput>

export const roleRef = z.object({ teamId: id, roleId: id })
export type RoleRef = z.input<typeof roleRef>

export const updateRoleInput = roleRef.extend({
  name: textLine(60),
  permissions,
  /** The version that the editor saw; when it changed since, the change is refused. */
  version: z.number().int().optional(),
})
export type UpdateRoleInput = z.input<typeof updateRoleInput>
