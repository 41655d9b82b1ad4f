'use client'

import { useEffect } from 'react'

/** A page that comes back from the browser's back-forward cache would show its secret again: while `active`, it is fetched anew instead. */
export function useForgetOnReturn(active: boolean): void {
  useEffect(() => {
    if (!active) return
    const forget = (event: PageTransitionEvent) => {
      if (event.persisted) window.location.reload()
    }
    window.addEventListener('pageshow', forget)
    return () => window.removeEventListener('pageshow', forget)
  }, [active])
}
