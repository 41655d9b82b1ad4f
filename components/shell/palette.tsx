'use client'

import { Search } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { createContext, lazy, type ReactNode, Suspense, useContext, useEffect, useState } from 'react'
import { iconButtonClass } from '../ui/button-class.ts'

// Most page views open no palette: its code comes with the first one.
const PaletteDialog = lazy(() => import('./palette-dialog.tsx').then((module) => ({ default: module.PaletteDialog })))

const OpenContext = createContext<() => void>(() => {})

/** Opens the command palette on Ctrl K and ⌘ K, anywhere below it, and for the PaletteLinks. */
export function PaletteProvider({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState(false)

  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return
      event.preventDefault()
      setOpen((before) => !before)
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])

  return (
    <OpenContext value={() => setOpen(true)}>
      {children}
      {open ? (
        <Suspense fallback={null}>
          <PaletteDialog close={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </OpenContext>
  )
}

/** Leads to the search page; with JavaScript it opens the palette instead. `iconOnly`: on a phone's top bar. */
export function PaletteLink({ iconOnly = false }: { iconOnly?: boolean }) {
  const t = useTranslations('palette')
  const open = useContext(OpenContext)
  const [mac, setMac] = useState(false)
  useEffect(() => setMac(/Mac|iPhone|iPad/.test(navigator.platform)), [])
  return (
    // A plain link: the router would fetch the search page ahead for a click that opens the palette.
    <a
      href="/search"
      aria-label={iconOnly ? t('open') : undefined}
      aria-keyshortcuts="Control+K Meta+K"
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return
        event.preventDefault()
        open()
      }}
      className={
        iconOnly
          ? iconButtonClass()
          : 'flex h-9 items-center gap-2.5 rounded-md border border-line bg-surface px-2.5 text-muted transition-colors hover:bg-hover hover:text-ink touch:h-11'
      }
    >
      <Search aria-hidden className="size-4 shrink-0" />
      {iconOnly ? null : (
        <>
          <span className="flex-1">{t('open')}</span>
          <kbd aria-hidden className="rounded border border-line px-1.5 font-sans text-xs leading-5 touch:hidden">
            {mac ? '⌘ K' : 'Ctrl K'}
          </kbd>
        </>
      )}
    </a>
  )
}
