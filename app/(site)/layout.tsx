import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { Brand } from '#components/shell/brand.tsx'
import { Preferences } from '#components/shell/preferences.tsx'
import { SkipLink } from '#components/shell/skip-link.tsx'
import { SiteActions } from '#components/site/site-actions.tsx'
import { SiteLinks } from '#components/site/site-links.tsx'
import { env } from '#lib/env.ts'

/** The public pages: brand and log-in on top, display settings below. */
export default async function SiteLayout({ children }: { children: ReactNode }) {
  const t = await getTranslations('site')
  return (
    <>
      <SkipLink />
      <div className="mx-auto flex min-h-dvh max-w-6xl flex-col px-4 sm:px-8">
        <header className="flex h-16 items-center justify-between gap-4">
          <Brand />
          <nav aria-label={t('nav.site')} className="mr-auto flex items-center gap-1 max-sm:hidden">
            <SiteLinks />
          </nav>
          <nav aria-label={t('nav.label')} className="flex items-center gap-1 sm:gap-2">
            <SiteActions place="header" />
          </nav>
        </header>
        <main id="content" tabIndex={-1} className="flex-1 outline-none">
          {children}
        </main>
        <footer className="flex flex-wrap items-center justify-between gap-4 border-t border-line py-6">
          <p className="text-muted">{env().BRAND_NAME}</p>
          <nav aria-label={t('nav.footer')} className="flex items-center gap-1 sm:mr-auto">
            <SiteLinks />
          </nav>
          <Preferences compact />
        </footer>
      </div>
    </>
  )
}
