import type { ReactNode } from 'react'
import { currentPath } from '#lib/web/preferences.ts'
import { teamOfPage } from '#lib/web/teams/page-data.ts'

/** Asks for the team before the skeleton is sent: what is not theirs is a 404, not a page that turns into one. The page asks again. */
export default async function ClientListLayout({ children }: { children: ReactNode }) {
  await teamOfPage(new URL(await currentPath(), 'http://this.invalid').searchParams.get('team') ?? undefined)
  return children
}
