import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { AppShell } from '#components/shell/app-shell.tsx'
import { BareNotFound } from '#components/shell/not-found-state.tsx'
import { withNotFound } from '#components/shell/with-not-found.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { env } from '#lib/env.ts'
import { Actions } from './actions.tsx'
import { Display } from './display.tsx'
import { Fields } from './fields.tsx'
import { Overlays } from './overlays.tsx'

export const metadata: Metadata = { title: 'Design system' }

/** Every primitive in every state, in development only. Its words are for developers, hence English in the file. */
function DesignSystemPage() {
  if (!env().development) notFound()
  return (
    <AppShell account={{ name: 'Ada Lovelace', email: 'ada@example.com' }} logOut={{ action: '/dev/ui', csrfToken: 'none' }}>
      <PageHeader title="Design system" description="Every primitive in every state. Switch theme and language in the account menu." />
      <Actions />
      <Fields />
      <Display />
      <Overlays />
    </AppShell>
  )
}

export default withNotFound(DesignSystemPage, BareNotFound)
