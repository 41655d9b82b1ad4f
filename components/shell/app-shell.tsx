import { Menu as MenuIcon, X } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { currentContext } from '#lib/web/context.ts'
import { readDraft } from '#lib/web/draft.ts'
import { ClientMessages } from '#lib/web/i18n/client-messages.tsx'
import { iconButtonClass } from '../ui/button-class.ts'
import { ToastProvider } from '../ui/toast.tsx'
import { AccountButton, AccountPanel, type ShellAccount, type ShellLogOut } from './account-menu.tsx'
import { Brand } from './brand.tsx'
import { DraftProvider } from './draft.tsx'
import { NAV } from './nav.ts'
import { NavLink } from './nav-link.tsx'
import { PaletteLink, PaletteProvider } from './palette.tsx'
import { SkipLink } from './skip-link.tsx'

const DRAWER = 'navigation'

export type AppShellProps = {
  account: ShellAccount
  logOut?: ShellLogOut
  /** Above the navigation: the team switcher. */
  switcher?: ReactNode
  /** More entries of the account menu. */
  accountLinks?: ReactNode
  children: ReactNode
}

/**
 * The frame of the dashboard: navigation at the left, on a phone the same as a drawer, the account menu, the toasts. Drawer and menu are
 * popovers: light dismiss, Escape and focus return come from the browser, and they work before any script has loaded.
 */
export async function AppShell({ account, logOut, switcher, accountLinks, children }: AppShellProps) {
  const t = await getTranslations('shell')
  const { actor } = await currentContext()
  const draft = actor.kind === 'user' ? await readDraft(actor.userId) : null
  return (
    <ToastProvider>
      <ClientMessages namespaces={['palette']}>
        <PaletteProvider>
          <SkipLink />
          <div className="md:grid md:min-h-dvh md:grid-cols-[15rem_minmax(0,1fr)]">
            <header className="sticky top-0 z-20 flex h-14 items-center gap-1 border-b border-line bg-canvas px-2 md:hidden">
              <button type="button" popoverTarget={DRAWER} aria-label={t('nav.open')} className={iconButtonClass()}>
                <MenuIcon aria-hidden />
              </button>
              <Brand href="/clients" className="mr-auto" />
              <PaletteLink iconOnly />
              <AccountButton account={account} />
            </header>

            <section
              id={DRAWER}
              popover="auto"
              aria-label={t('nav.label')}
              className="side-bar flex-col gap-4 border-r border-line bg-canvas p-3 text-ink"
            >
              <div className="flex items-center justify-between">
                <Brand href="/clients" className="px-2 md:pt-2" />
                <button
                  type="button"
                  popoverTarget={DRAWER}
                  popoverTargetAction="hide"
                  aria-label={t('nav.close')}
                  className={iconButtonClass('md:hidden')}
                >
                  <X aria-hidden />
                </button>
              </div>
              {switcher}
              <div className="flex flex-col max-md:hidden">
                <PaletteLink />
              </div>
              <Navigation label={t('nav.label')} className="flex-1 overflow-y-auto" />
              <div className="max-md:hidden">
                <AccountButton account={account} wide />
              </div>
            </section>

            <main id="content" tabIndex={-1} className="min-w-0 px-4 py-6 outline-none sm:px-8 sm:py-8">
              <div className="mx-auto max-w-6xl space-y-6">
                <DraftProvider draft={draft}>{children}</DraftProvider>
              </div>
            </main>
          </div>
          <AccountPanel account={account} logOut={logOut}>
            {accountLinks}
          </AccountPanel>
        </PaletteProvider>
      </ClientMessages>
    </ToastProvider>
  )
}

async function Navigation({ label, className }: { label: string; className?: string }) {
  const t = await getTranslations('shell.nav')
  return (
    <nav aria-label={label} className={className}>
      <ul className="space-y-0.5">
        {NAV.map(({ key, href, icon: Icon }) => (
          <li key={key}>
            <NavLink href={href}>
              <Icon aria-hidden />
              {t(key)}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}
