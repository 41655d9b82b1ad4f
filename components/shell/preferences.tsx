import { clsx } from 'clsx'
import { Monitor, Moon, Sun } from 'lucide-react'
import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { LOCALES } from '#lib/i18n/index.ts'
import { currentPath, currentTheme, THEMES } from '#lib/web/preferences.ts'

const ICONS = { system: Monitor, light: Sun, dark: Moon } as const

/** Theme and language: plain forms, so they work before and without JavaScript. `compact`: one line, the themes as icons only. */
export async function Preferences({ compact = false }: { compact?: boolean }) {
  const [t, theme, locale, path] = await Promise.all([getTranslations('shell'), currentTheme(), getLocale(), currentPath()])
  return (
    <div className={compact ? 'flex flex-wrap items-center gap-3' : 'space-y-3'}>
      <Choices legend={t('theme.label')} path={path} legendHidden={compact}>
        {THEMES.map((value) => {
          const Icon = ICONS[value]
          return (
            <Choice key={value} name="theme" value={value} current={value === theme} label={t(`theme.${value}`)} iconOnly={compact}>
              <Icon aria-hidden className="size-4 shrink-0" />
            </Choice>
          )
        })}
      </Choices>
      <Choices legend={t('language.label')} path={path} legendHidden={compact}>
        {LOCALES.map((value) => (
          <Choice key={value} name="locale" value={value} current={value === locale} label={t(`language.${value}`)} />
        ))}
      </Choices>
    </div>
  )
}

function Choices({ legend, legendHidden, path, children }: { legend: string; legendHidden: boolean; path: string; children: ReactNode }) {
  return (
    <form method="post" action="/preferences">
      <input type="hidden" name="returnTo" value={path} />
      <fieldset>
        <legend className={legendHidden ? 'sr-only' : 'mb-1 text-xs text-muted'}>{legend}</legend>
        <div className="flex gap-0.5 rounded-lg bg-sunken p-0.5">{children}</div>
      </fieldset>
    </form>
  )
}

function Choice({
  name,
  value,
  current,
  label,
  iconOnly = false,
  children,
}: {
  name: string
  value: string
  current: boolean
  label: string
  iconOnly?: boolean
  children?: ReactNode
}) {
  return (
    <button
      type="submit"
      name={name}
      value={value}
      aria-pressed={current}
      aria-label={iconOnly ? label : undefined}
      lang={name === 'locale' ? value : undefined}
      className={clsx(
        'flex h-7 flex-auto items-center justify-center gap-1.5 rounded-md px-2.5 text-[0.8125rem] transition-colors touch:h-11 touch:min-w-11',
        current ? 'bg-chosen font-medium text-ink shadow-raised' : 'text-muted hover:text-ink',
      )}
    >
      {children}
      {iconOnly ? null : label}
    </button>
  )
}
