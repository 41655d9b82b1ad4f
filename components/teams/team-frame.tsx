import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { NavTabs } from '#components/ui/nav-tabs.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import type { TeamPage } from '#lib/web/teams/page-data.ts'

type Props = {
  page: TeamPage
  /** Below the team's own pages: this page's title, and the page above it. */
  title?: string
  above?: { href: string; label: string }
  actions?: ReactNode
  children: ReactNode
}

/** The top of every page of a team: its name, and its tabs. */
export async function TeamFrame({ page, title, above, actions, children }: Props) {
  const [t, common] = await Promise.all([getTranslations('teams.frame'), getTranslations('common')])
  const { team, href } = page
  const tabs = [
    { href: href('/team'), label: t('members'), exact: true },
    { href: href('/team/roles'), label: t('roles') },
    { href: href('/team/credentials'), label: t('credentials') },
    { href: href('/team/audit'), label: t('audit') },
    { href: href('/team/settings'), label: t('settings') },
  ]
  const crumbs = above
    ? [
        { href: href('/team'), label: team.name },
        { href: href(above.href), label: above.label },
      ]
    : undefined
  return (
    <>
      <PageHeader title={title ?? team.name} actions={actions} crumbs={crumbs} crumbsLabel={common('breadcrumbs')} />
      {above ? null : <NavTabs label={t('label')} items={tabs} />}
      {children}
    </>
  )
}
