import type { ReactNode } from 'react'
import { AppShell } from '#components/shell/app-shell.tsx'
import { currentSession, requireUserContext } from '#lib/web/context.ts'
import { formToken } from '#lib/web/csrf.ts'

/** A person's own pages, in the dashboard's frame. */
export default async function AccountLayout({ children }: { children: ReactNode }) {
  const { actor } = await requireUserContext()
  const [session, csrfToken] = await Promise.all([currentSession(), formToken('/account')])
  return (
    <AppShell account={{ name: session?.name ?? '', email: actor.email }} logOut={{ action: '/logout/submit', csrfToken }}>
      {children}
    </AppShell>
  )
}
