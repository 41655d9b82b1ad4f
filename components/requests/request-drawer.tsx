'use client'

import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import type { ReactNode } from 'react'
import { SidePanel } from '#components/ui/side-panel.tsx'
import { OPEN_PARAMETER } from './open-parameter.ts'

/** A request beside the list that it was opened from. Closing it leads back to the list as it was. */
export function RequestDrawer({ title, children }: { title: ReactNode; children: ReactNode }) {
  const [router, pathname, params] = [useRouter(), usePathname(), useSearchParams()]
  const close = () => {
    const next = new URLSearchParams(params)
    next.delete(OPEN_PARAMETER)
    router.push(next.size > 0 ? `${pathname}?${next}` : pathname, { scroll: false })
  }
  return (
    <SidePanel title={title} onClose={close}>
      {children}
    </SidePanel>
  )
}
