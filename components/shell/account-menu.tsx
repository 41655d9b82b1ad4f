import { LogOut } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { Avatar } from '../ui/avatar.tsx'
import { Preferences } from './preferences.tsx'

/** The person in the frame. */
export type ShellAccount = { name: string; email: string }

/** Where the log-out form posts, with the CSRF token of the account session. */
export type ShellLogOut = { action: string; csrfToken: string }

const PANEL = 'account-menu'

/** The button that opens the account menu: the avatar alone on a phone, with the name in the sidebar. */
export async function AccountButton({ account, wide = false }: { account: ShellAccount; wide?: boolean }) {
  const t = await getTranslations('shell.account')
  return (
    <button
      type="button"
      popoverTarget={PANEL}
      aria-label={wide ? undefined : t('open', { name: account.name })}
      className={
        wide
          ? 'flex w-full min-w-0 items-center gap-2.5 rounded-lg p-2 text-left transition-colors hover:bg-hover'
          : 'grid size-11 place-items-center rounded-full'
      }
    >
      <Avatar name={account.name} />
      {wide ? (
        <span className="min-w-0 leading-5">
          <span className="sr-only">{t('settings')}</span>
          <span className="block truncate font-medium">{account.name}</span>
          <span className="block truncate text-xs text-muted">{account.email}</span>
        </span>
      ) : null}
    </button>
  )
}

/** The panel: who is logged in, theme, language, more entries, log out. Opens by the popover attribute, without JavaScript. */
export async function AccountPanel({ account, logOut, children }: { account: ShellAccount; logOut?: ShellLogOut; children?: ReactNode }) {
  const t = await getTranslations('shell.account')
  return (
    <div
      id={PANEL}
      popover="auto"
      role="dialog"
      aria-label={t('open', { name: account.name })}
      className="fixed inset-auto top-14 right-3 m-0 w-72 rounded-xl border border-line bg-surface p-3 text-ink shadow-floating md:top-auto md:right-auto md:bottom-18 md:left-3"
    >
      <div className="mb-3 min-w-0 border-b border-line pb-3 leading-5 md:hidden">
        <p className="truncate font-medium">{account.name}</p>
        <p className="truncate text-xs text-muted">{account.email}</p>
      </div>
      {children ? <div className="mb-3 border-b border-line pb-3">{children}</div> : null}
      <Preferences />
      {logOut ? (
        <form method="post" action={logOut.action} className="mt-3 border-t border-line pt-2">
          <input type="hidden" name="csrfToken" value={logOut.csrfToken} />
          <button type="submit" className="flex h-9 w-full items-center gap-2.5 rounded-md px-2 text-left hover:bg-hover touch:h-11">
            <LogOut aria-hidden className="size-4 text-muted" />
            {t('logOut')}
          </button>
        </form>
      ) : null}
    </div>
  )
}
