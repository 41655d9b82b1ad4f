import { clsx } from 'clsx'
import { Monitor, Moon, Sun } from 'lucide-react'
import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { LOCALES } from '#lib/i18n/index.ts'
import { currentPath, currentTheme, THEMES } from '#lib/web/preferences.ts'

const ICONS = { system: Monitor, light: Sun, dark: Moon } as const

/** Theme and language: plain forms, so they work before and without JavaScript. `compact`: icons and codes only. */
export async function Preferences({ compact = false }: { compact?: boolean }) {
  const [t, theme, locale, path] = await Promise.all([getTranslations('shell'), currentTheme(), getLocale(), currentPath()])
  return (
    <div className={compact ? 'flex flex-wrap items-center gap-3' : 'space-y-3'}>
      <Choices label={t('theme.label')} path={path} compact={compact}>
        {THEMES.map((value) => {
          const Icon = ICONS[value]
          return (
            <Choice key={value} name="theme" value={value} current={value === theme} label={t(`theme.${value}`)} compact={compact}>
              <Icon aria-hidden className="size-4 shrink-0" />
            </Choice>
          )
        })}
      </Choices>
      <Choices label={t('language.label')} path={path} compact={compact}>
        {LOCALES.map((value) => (
          <Choice key={value} name="locale" value={value} current={value === locale} label={t(`language.${value}`)} compact={compact}>
            {compact ? <span className="px-0.5 text-xs font-medium uppercase">{value}</span> : null}
          </Choice>
        ))}
      </Choices>
    </div>
  )
}

function Choices({ label, path, compact, children }: { label: string; path: string; compact: boolean; children: ReactNode }) {
  return (
    <form method="post" action="/preferences">
      <input type="hidden" name="returnTo" value={path} />
      <fieldset>
        <legend className={compact ? 'sr-only' : 'mb-1 text-xs text-muted'}>{label}</legend>
        <div className="flex gap-0.5 rounded-lg bg-sunken p-0.5">{children}</div>
      </fieldset>
    </form>
  )
}

function Choice({ name, value, current, label, compact, children }: {
  name: string
  value: string
  current: boolean
  label: string
  compact: boolean
  children: ReactNode
}) {
  return (
    <button
      type="submit"
      name={name}
      value={value}
      aria-pressed={current}
      aria-label={compact ? label : undefined}
      lang={name === 'locale' ? value : undefined}
      className={clsx(
        'flex h-7 flex-1 items-center justify-center gap-1.5 rounded-md px-1.5 text-[0.8125rem] transition-colors touch:h-11 touch:min-w-11',
        current ? 'bg-surface font-medium text-ink shadow-raised' : 'text-muted hover:text-ink',
      )}
    >
      {children}
      {compact ? null : label}
    </button>
  )
}
