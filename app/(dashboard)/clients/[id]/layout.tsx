import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { StatusBadge } from '#components/clients/badges.tsx'
import { withNotFound } from '#components/shell/with-not-found.tsx'
import { NavTabs } from '#components/ui/nav-tabs.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { clientOfPage } from '#lib/web/clients/page-data.ts'

const TABS = ['domains', 'redirect-uris', 'scopes', 'secrets', 'tokens', 'users', 'requests', 'usage', 'settings'] as const

/** Name, state and tabs of a client. */
async function ClientLayout({ params, children }: { params: Promise<{ id: string }>; children: ReactNode }) {
  const client = await clientOfPage((await params).id)
  const [t, list, common] = await Promise.all([getTranslations('clients.tabs'), getTranslations('clients.list'), getTranslations('common')])
  const base = `/clients/${client.id}`
  return (
    <>
      <PageHeader
        title={client.name}
        badges={<StatusBadge client={client} />}
        crumbs={[{ href: '/clients', label: list('title') }]}
        crumbsLabel={common('breadcrumbs')}
      />
      <NavTabs
        label={t('label')}
        items={[{ href: base, label: t('overview'), exact: true }, ...TABS.map((tab) => ({ href: `${base}/${tab}`, label: t(tab) }))]}
      />
      {children}
    </>
  )
}

export default withNotFound(ClientLayout)
