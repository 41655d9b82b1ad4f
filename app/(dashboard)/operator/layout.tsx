import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { withNotFound } from '#components/shell/with-not-found.tsx'
import { NavTabs } from '#components/ui/nav-tabs.tsx'
import { operatorContext } from '#lib/web/operator/page-data.ts'

const TABS = ['teams', 'clients', 'plans', 'projects', 'tickets', 'mail', 'keys', 'audit'] as const

/** The installation, for those who run it. */
async function OperatorLayout({ children }: { children: ReactNode }) {
  await operatorContext()
  const t = await getTranslations('operator')
  return (
    <>
      <NavTabs
        label={t('label')}
        items={[
          { href: '/operator', label: t('tabs.overview'), exact: true },
          ...TABS.map((tab) => ({ href: `/operator/${tab}`, label: t(`tabs.${tab}`) })),
        ]}
      />
      {children}
    </>
  )
}

export default withNotFound(OperatorLayout)
