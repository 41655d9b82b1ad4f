'use client'

import { createContext, lazy, type ReactNode, Suspense, useCallback, useContext, useState } from 'react'

// Most visits show no toast: its code (19 KB) comes with the first one.
const ToastHost = lazy(() => import('./toast-host.tsx').then((module) => ({ default: module.ToastHost })))

type ShowToast = (text: string) => void

const ToastContext = createContext<ShowToast | null>(null)

/** Makes `useToast` work below it. AppShell has one. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [queue, setQueue] = useState<readonly string[]>([])
  const show = useCallback<ShowToast>((text) => setQueue((before) => [...before, text]), [])
  return (
    <ToastContext value={show}>
      {children}
      {queue.length > 0 ? (
        <Suspense fallback={null}>
          <ToastHost queue={queue} />
        </Suspense>
      ) : null}
    </ToastContext>
  )
}

/** A function that says at the edge of the screen, for six seconds and read out politely, that something worked. What failed stays in its form. */
export function useToast(): ShowToast {
  const show = useContext(ToastContext)
  if (!show) throw new Error('useToast needs a ToastProvider above it')
  return show
}
