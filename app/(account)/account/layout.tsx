import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { NavTabs } from '#components/ui/nav-tabs.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'

const TABS = ['security', 'sessions', 'apps', 'addresses', 'display', 'data'] as const

/** The tabs of a person's own pages. */
export default async function OwnPagesLayout({ children }: { children: ReactNode }) {
  const t = await getTranslations('account')
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      <NavTabs
        label={t('title')}
        items={[
          { href: '/account', label: t('tabs.profile'), exact: true },
          ...TABS.map((tab) => ({ href: `/account/${tab}`, label: t(`tabs.${tab}`) })),
        ]}
      />
      <div className="max-w-4xl space-y-6">{children}</div>
    </>
  )
}
