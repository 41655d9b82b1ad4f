import type { ReactNode } from 'react'
import { TeamSwitcher } from '#components/teams/team-switcher.tsx'
import { currentSession, requireUserContext } from '#lib/web/context.ts'
import { formToken } from '#lib/web/csrf.ts'
import { teamOfPage } from '#lib/web/teams/page-data.ts'
import { AccountLinks } from './account-links.tsx'
import { AppShell } from './app-shell.tsx'

/**
 * The frame of the dashboard and of a person's own pages, with their teams. Whoever is not logged in is sent to the log-in page; each page asks
 * again, since layouts are kept. `home`: where the browser comes back to when it had to fetch a form's token first and the page's address is unknown.
 */
export async function DashboardFrame({ home, children }: { home: string; children: ReactNode }) {
  const { actor } = await requireUserContext()
  const session = await currentSession()
  const csrfToken = await formToken(home)
  const { teams, team } = await teamOfPage(undefined)
  return (
    <AppShell
      account={{ name: session?.name ?? actor.email, email: actor.email }}
      logOut={{ action: '/logout/submit', csrfToken }}
      switcher={<TeamSwitcher teams={teams} current={team} csrfToken={csrfToken} />}
      accountLinks={<AccountLinks isOperator={actor.isOperator} />}
    >
      {children}
    </AppShell>
  )
}
