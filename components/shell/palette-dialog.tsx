'use client'

import { clsx } from 'clsx'
import { Search as SearchIcon, X } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { iconButtonClass } from '../ui/button-class.ts'
import { Spinner } from '../ui/spinner.tsx'
import type { Hit } from './find.ts'
import { useFound } from './use-found.ts'

const GROUPS = ['clients', 'requests', 'pages'] as const

/**
 * The command palette: a modal dialog around a combobox. The focus stays in the field; the arrows move through the list, Enter opens, Escape
 * closes. The browser's own dialog keeps the focus inside and gives it back.
 */
export function PaletteDialog({ close }: { close: () => void }) {
  const t = useTranslations('palette')
  const router = useRouter()
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const [query, setQuery] = useState('')
  const [active, setActive] = useState(0)
  const { state, found, query: asked } = useFound(query.trim())
  const hits = GROUPS.flatMap((group) => found[group])
  const chosen = hits[Math.min(active, hits.length - 1)]

  useEffect(() => {
    const element = dialog.current
    if (!element?.open) element?.showModal()
  }, [])

  useEffect(() => {
    if (chosen) document.getElementById(`${id}-${chosen.href}`)?.scrollIntoView({ block: 'nearest' })
  }, [id, chosen])

  const go = (hit: Hit | undefined) => {
    if (!hit) return
    close()
    router.push(hit.href)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || hits.length === 0) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) setActive((Math.min(active, hits.length - 1) + step + hits.length) % hits.length)
    else if (event.key === 'Enter') go(chosen)
    else return
    event.preventDefault()
  }
  const status =
    state === 'done'
      ? hits.length > 0
        ? t('count', { count: hits.length })
        : t('none', { query: asked })
      : state === 'loading'
        ? ''
        : t(state)

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click on the backdrop closes, as Escape does
    <dialog
      ref={dialog}
      aria-label={t('title')}
      onClose={close}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current?.close()
      }}
      className="fixed inset-x-0 top-[max(1rem,12dvh)] m-auto mt-0 w-[min(36rem,calc(100vw-2rem))] overflow-clip rounded-xl border border-line bg-surface p-0 text-ink shadow-floating backdrop:bg-backdrop"
    >
      <div className="flex items-center gap-2 border-b border-line pr-2 pl-4">
        {state === 'loading' ? (
          <Spinner className="shrink-0 text-muted" />
        ) : (
          <SearchIcon aria-hidden className="size-4 shrink-0 text-muted" />
        )}
        <input
          role="combobox"
          aria-label={t('label')}
          aria-expanded={hits.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={chosen ? `${id}-${chosen.href}` : undefined}
          aria-autocomplete="list"
          placeholder={t('placeholder')}
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value)
            setActive(0)
          }}
          onKeyDown={onKeyDown}
          className="h-12 min-w-0 flex-1 bg-transparent outline-none placeholder:text-muted"
        />
        <button type="button" aria-label={t('close')} onClick={() => dialog.current?.close()} className={iconButtonClass()}>
          <X aria-hidden />
        </button>
      </div>
      <div id={`${id}-list`} role="listbox" aria-label={t('title')} className="max-h-[min(24rem,60dvh)] overflow-y-auto p-1.5">
        {GROUPS.filter((group) => found[group].length > 0).map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options, not of fields
          <div key={group} role="group" aria-labelledby={`${id}-${group}`}>
            <p id={`${id}-${group}`} className="px-2.5 pt-2 pb-1 text-xs text-muted">
              {t(group === 'clients' && asked === '' ? 'recent' : group)}
            </p>
            {found[group].map((hit) => (
              // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field, which names the chosen one
              // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
              <div
                key={hit.href}
                id={`${id}-${hit.href}`}
                role="option"
                aria-selected={hit === chosen}
                onClick={() => go(hit)}
                onPointerMove={() => setActive(hits.indexOf(hit))}
                className={clsx(
                  'flex cursor-pointer flex-wrap items-baseline gap-x-3 rounded-md px-2.5 py-1.5 touch:py-3',
                  hit === chosen && 'bg-hover',
                )}
              >
                <span className="min-w-0 [overflow-wrap:anywhere]">{hit.label}</span>
                {hit.note ? (
                  <span className={clsx('ml-auto truncate text-xs text-muted', group === 'clients' && 'font-mono')}>{hit.note}</span>
                ) : null}
              </div>
            ))}
          </div>
        ))}
      </div>
      <div className="flex flex-wrap justify-between gap-x-4 border-t border-line bg-sunken/60 px-4 py-2 text-xs text-muted">
        <span role="status">{status}</span>
        <span className="touch:hidden">{t('hint')}</span>
      </div>
    </dialog>
  )
}
