import { cookies } from 'next/headers'
import { serializeCookie } from '#lib/accounts/index.ts'
import { env } from '#lib/env.ts'

const NAME = 'xwms.team'
/** The pages below /team that every team has. */
const TEAM_PAGES = ['audit', 'credentials', 'invite', 'roles', 'settings']
const A_YEAR_MS = 365 * 24 * 60 * 60_000

/** The id of the team that this browser last switched to. It proves nothing: whoever uses it looks it up among the person's teams. */
export async function rememberedTeamId(): Promise<string | undefined> {
  return (await cookies()).get(NAME)?.value
}

/** A `Set-Cookie` value that remembers a team for a year. */
export function rememberTeamCookie(teamId: string): string {
  return serializeCookie(NAME, teamId, new Date(Date.now() + A_YEAR_MS))
}

/** {@link rememberTeamCookie} for a Server Action's cookies; null forgets it. */
export function rememberedTeam(teamId: string | null) {
  const expires = new Date(teamId === null ? 0 : Date.now() + A_YEAR_MS)
  return { name: NAME, value: teamId ?? '', path: '/', httpOnly: true, sameSite: 'lax' as const, secure: env().secure, expires }
}

/**
 * The team that a page shows: the wanted one when it is theirs (else none), then the remembered one while they belong to it, then the first, which
 * is the personal one.
 */
export function chooseTeam<Team extends { id: string }>(teams: readonly Team[], wanted?: string, remembered?: string): Team | undefined {
  if (wanted !== undefined) return teams.find(({ id }) => id === wanted)
  return teams.find(({ id }) => id === remembered) ?? teams[0]
}

/**
 * Where a page leads after a switch: itself for the new team, without filters and cursors, which were the old team's. What is one client's, one
 * member's or one request's leads to their list.
 */
export function afterSwitch(path: string): string {
  const { pathname } = new URL(path, 'http://this.invalid')
  const [, room, ...rest] = pathname.split('/')
  if (room === 'clients') return rest[0] === 'new' ? '/clients/new' : '/clients'
  if (room === 'requests') return rest[0] === 'explain' ? '/requests/explain' : '/requests'
  if (room === 'team') return TEAM_PAGES.includes(rest[0] ?? '') ? `/team/${rest[0]}` : '/team'
  return pathname
}
