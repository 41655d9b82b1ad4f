import { notFound } from 'next/navigation'
import { listClients } from '#lib/clients/index.ts'
import { isAppError } from '#lib/errors.ts'
import type { Permission, TeamOfUser } from '#lib/teams/index.ts'
import { teamOfPage } from '../clients/page-data.ts'
import { requireUserContext, type UserCtx } from '../context.ts'

export type Query = Record<string, string | string[] | undefined>

/** One value of a query parameter, bounded; undefined when absent or empty. */
export function one(value: string | string[] | undefined): string | undefined {
  return (Array.isArray(value) ? value[0] : value)?.slice(0, 200) || undefined
}

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
  const href = (path: string, more: Record<string, string | undefined> = {}) => {
    const entries = Object.entries({ ...more, team: wanted }).filter((entry): entry is [string, string] => !!entry[1])
    return entries.length > 0 ? `${path}?${new URLSearchParams(entries)}` : path
  }
  return { ctx, team, permissions, href }
}

/** What is not there, not theirs or not for them is "not found"; so is a cursor or filter that nobody wrote. */
export async function orNotFound<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (isAppError(error) && ['not_found', 'permission_denied', 'validation_failed'].includes(error.code)) notFound()
    throw error
  }
}

/** Clients of the team to choose from, newest first; none for whoever may not read them. A larger team is searched. */
export async function clientOptions({ ctx, team, permissions }: TeamPage, search: string | undefined) {
  if (!permissions.includes('clients.read')) return { options: [], more: false }
  const { clients, nextCursor } = await listClients({ ctx, input: { teamId: team.id, limit: 50, ...(search ? { search } : {}) } })
  return { options: clients.map(({ id, name }) => ({ id, name })), more: nextCursor !== null }
}
