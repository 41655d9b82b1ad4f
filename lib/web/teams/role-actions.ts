'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { createRole, deleteRole, type Permission, updateRole } from '#lib/teams/index.ts'
import { runAction } from '../action.ts'
import type { FormState } from '../form-state.ts'

const AREA = 'teams'

function permissionsOf(data: FormData): Permission[] {
  return data.getAll('permissions').filter((name): name is Permission => typeof name === 'string')
}

function backTo(teamId: string): never {
  revalidatePath('/team', 'layout')
  redirect(`/team/roles?team=${encodeURIComponent(teamId)}`)
}

/** "Create role". Back to the list. */
export async function createRoleAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(
    data,
    async (ctx, text) => {
      const teamId = text('teamId')
      await createRole({ ctx, input: { teamId, name: text('name'), permissions: permissionsOf(data) } })
      return backTo(teamId)
    },
    AREA,
  )
}

/** A role of the team's own: its name and permissions. */
export async function updateRoleAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(
    data,
    async (ctx, text) => {
      const version = Number(text('version'))
      const input = { teamId: text('teamId'), roleId: text('roleId'), name: text('name'), permissions: permissionsOf(data) }
      await updateRole({ ctx, input: { ...input, ...(Number.isInteger(version) ? { version } : {}) } })
      revalidatePath('/team', 'layout')
      return { notice: 'roleSaved' }
    },
    AREA,
  )
}

/** A role of the team's own that nobody has. Back to the list. */
export async function deleteRoleAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(
    data,
    async (ctx, text) => {
      const teamId = text('teamId')
      await deleteRole({ ctx, input: { teamId, roleId: text('roleId') } })
      return backTo(teamId)
    },
    AREA,
  )
}
