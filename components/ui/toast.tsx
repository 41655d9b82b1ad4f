'use client'

import { createContext, lazy, type ReactNode, Suspense, useCallback, useContext, useMemo, useState } from 'react'
import type { ToastInput } from './toast-host.tsx'

export type { ToastInput } from './toast-host.tsx'

// Most visits show no toast: its code (19 KB) comes with the first one.
const ToastHost = lazy(() => import('./toast-host.tsx').then((module) => ({ default: module.ToastHost })))

type ShowToast = (toast: ToastInput) => void

const ToastContext = createContext<ShowToast | null>(null)

/** Makes `useToast` work below it. AppShell has one. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [queue, setQueue] = useState<readonly ToastInput[]>([])
  const show = useCallback<ShowToast>((toast) => setQueue((before) => [...before, toast]), [])
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

/** Functions that show a short message at the edge of the screen, read out politely; an error stays until dismissed. */
export function useToast() {
  const show = useContext(ToastContext)
  if (!show) throw new Error('useToast needs a ToastProvider above it')
  return useMemo(
    () => ({
      show,
      success: (title: string, description?: string) => show({ tone: 'success', title, description }),
      error: (title: string, description?: string) => show({ tone: 'danger', title, description }),
    }),
    [show],
  )
}
