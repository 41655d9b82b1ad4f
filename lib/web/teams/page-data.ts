import { notFound } from 'next/navigation'
import { cache } from 'react'
import { listClients } from '#lib/clients/index.ts'
import { type Permission, type TeamOfUser, teamsOf } from '#lib/teams/index.ts'
import { requireUserContext, type UserCtx } from '../context.ts'
import { one, type Query, withQuery } from '../query.ts'
import { chooseTeam, rememberedTeamId } from './current-team.ts'

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

export type TeamPage = {
  ctx: UserCtx
  team: TeamOfUser
  /** What the person may do with the team as a whole: a role that counts for chosen clients only lets them read. */
  permissions: readonly Permission[]
  /** An address for the same team: keeps `?team=` where the page has it. */
  href: (path: string, query?: Record<string, string | undefined>) => string
}

/** What every page of a team begins with. Someone else's team, or none, is "not found". */
export async function teamPage(query: Query): Promise<TeamPage> {
  const ctx = await requireUserContext()
  const wanted = one(query.team)
  const { team } = await teamOfPage(wanted)
  const permissions = team.limitedClients ? team.permissions.filter((name) => name.endsWith('.read')) : team.permissions
  const href = (path: string, more: Record<string, string | undefined> = {}) => withQuery(path, { ...more, team: wanted })
  return { ctx, team, permissions, href }
}

/** Clients of the team to choose from, newest first; none for whoever may not read them. A larger team is searched. */
export async function clientOptions({ ctx, team, permissions }: TeamPage, search: string | undefined) {
  if (!permissions.includes('clients.read')) return { options: [], more: false }
  const { clients, nextCursor } = await listClients({ ctx, input: { teamId: team.id, limit: 50, ...(search ? { search } : {}) } })
  return { options: clients.map(({ id, name }) => ({ id, name })), more: nextCursor !== null }
}
