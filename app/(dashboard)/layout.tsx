import type { ReactNode } from 'react'
import { AccountLinks } from '#components/shell/account-links.tsx'
import { AppShell } from '#components/shell/app-shell.tsx'
import { TeamSwitcher } from '#components/teams/team-switcher.tsx'
import { teamOfPage } from '#lib/web/clients/page-data.ts'
import { currentSession, requireUserContext } from '#lib/web/context.ts'
import { formToken } from '#lib/web/csrf.ts'

/** The frame of the dashboard. Whoever is not logged in is sent to the log-in page; each page asks again, since layouts are kept. */
export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const { actor } = await requireUserContext()
  const session = await currentSession()
  const csrfToken = await formToken('/clients')
  const logOut = { action: '/logout/submit', csrfToken }
  const { teams, team } = await teamOfPage(undefined)
  const switcher = <TeamSwitcher teams={teams} current={team} csrfToken={csrfToken} />
  return (
    <AppShell
      account={{ name: session?.name ?? actor.email, email: actor.email }}
      logOut={logOut}
      switcher={switcher}
      accountLinks={<AccountLinks isOperator={actor.isOperator} />}
    >
      {children}
    </AppShell>
  )
}
