'use server'

import { revalidatePath } from 'next/cache'
import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { revokeTeamTokens } from '#lib/grants/index.ts'
import { createTeam, deleteTeam, leaveTeam, renameTeam } from '#lib/teams/index.ts'
import { runAction } from '../action.ts'
import type { FormState } from '../form-state.ts'
import { rememberedTeam } from './current-team.ts'

const AREA = 'teams'

/** "Create team": makes it, and goes there. */
export async function createTeamAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(
    data,
    async (ctx, text) => {
      const { id } = await createTeam({ ctx, input: { name: text('name') } })
      await remember(id)
      revalidatePath('/', 'layout')
      redirect('/team')
    },
    AREA,
  )
}

/** Settings of a team: its name, unless someone else changed it since the page was opened. */
export async function renameTeamAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(
    data,
    async (ctx, text) => {
      const { name } = await renameTeam({ ctx, input: { teamId: text('teamId'), name: text('name'), was: text('was') } })
      revalidatePath('/', 'layout')
      return { notice: 'renamed', params: { name } }
    },
    AREA,
  )
}

/** Settings of a team: end what all its clients were issued, when the name was typed right. */
export async function revokeTeamTokensAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(
    data,
    async (ctx, text) => {
      const { revoked } = await revokeTeamTokens({ ctx, input: { teamId: text('teamId'), name: text('name') } })
      revalidatePath('/', 'layout')
      return { notice: 'tokensRevoked', params: { count: revoked } }
    },
    AREA,
  )
}

/** Settings of a team: leave it. */
export async function leaveTeamAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(
    data,
    async (ctx, text) => {
      await leaveTeam({ ctx, input: { teamId: text('teamId') } })
      await remember(null)
      revalidatePath('/', 'layout')
      redirect('/clients')
    },
    AREA,
  )
}

/** Settings of a team: delete it, when the name was typed right. */
export async function deleteTeamAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(
    data,
    async (ctx, text) => {
      await deleteTeam({ ctx, input: { teamId: text('teamId'), name: text('name') } })
      await remember(null)
      revalidatePath('/', 'layout')
      redirect('/clients')
    },
    AREA,
  )
}

async function remember(teamId: string | null): Promise<void> {
  const jar = await cookies()
  jar.set(rememberedTeam(teamId))
}
