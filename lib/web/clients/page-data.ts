import { notFound } from 'next/navigation'
import { cache } from 'react'
import { type ClientDetail, getClient } from '#lib/clients/index.ts'
import { isAppError } from '#lib/errors.ts'
import { type TeamOfUser, teamsOf } from '#lib/teams/index.ts'
import { listTestUsers, type TestUserDto } from '#lib/test-users/index.ts'
import { requireUserContext } from '../context.ts'
import { chooseTeam, rememberedTeamId } from '../teams/current-team.ts'

/** The client of a page, read once a request. What is not there, not theirs, or not to be read by them is "not found". */
export const clientOfPage = cache(async (clientId: string): Promise<ClientDetail> => {
  const ctx = await requireUserContext()
  try {
    return await getClient({ ctx, input: { clientId } })
  } catch (error) {
    if (isAppError(error) && ['not_found', 'permission_denied'].includes(error.code)) notFound()
    throw error
  }
})

/**
 * The teams of the person, and the one that the page shows: `wanted` (`?team=`) when it is theirs (else not found), the one that they last switched
 * to, their own.
 */
export const teamOfPage = cache(async (wanted?: string): Promise<{ teams: TeamOfUser[]; team: TeamOfUser }> => {
  const ctx = await requireUserContext()
  const teams = await teamsOf(ctx.actor.userId)
  const team = chooseTeam(teams, wanted, await rememberedTeamId())
  if (!team) notFound()
  return { teams, team }
})

/** The test users of a page's client, for those who may see them. */
export async function testUsersOfPage({ id, permissions }: ClientDetail): Promise<TestUserDto[]> {
  return permissions.includes('domains.manage') ? listTestUsers({ ctx: await requireUserContext(), input: { clientId: id } }) : []
}
