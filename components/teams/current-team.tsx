'use client'

import { useSearchParams } from 'next/navigation'
import type { ReactNode } from 'react'
import { Avatar } from '../ui/avatar.tsx'

type Team = { id: string; name: string }

/** The team that the page is about: the address's, which the frame around does not follow from page to page, or the one switched to. */
function useCurrentTeam(teams: readonly Team[], remembered: Team): Team {
  const wanted = useSearchParams().get('team')
  return teams.find(({ id }) => id === wanted) ?? remembered
}

/** Its picture and name, in the switcher's button. */
export function CurrentTeam({ teams, remembered, label }: { teams: readonly Team[]; remembered: Team; label: string }) {
  const { name } = useCurrentTeam(teams, remembered)
  return (
    <>
      <Avatar name={name} square className="size-7" />
      <span className="min-w-0 flex-1 leading-5">
        <span className="sr-only">{label} </span>
        <span className="block truncate font-medium">{name}</span>
      </span>
    </>
  )
}

/** What a choice of the switcher has when it is the current one. */
export function TeamChoice({
  team,
  teams,
  remembered,
  className,
  mark,
  children,
}: {
  team: Team
  teams: readonly Team[]
  remembered: Team
  className: string
  mark: ReactNode
  children: ReactNode
}) {
  const current = useCurrentTeam(teams, remembered).id === team.id
  return (
    <button type="submit" name="team" value={team.id} aria-current={current ? 'true' : undefined} className={className}>
      {children}
      {current ? mark : null}
    </button>
  )
}
