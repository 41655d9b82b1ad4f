import { Blocks } from 'lucide-react'
import type { ComponentType } from 'react'

export type NavEntry = {
  /** Key of the label below `shell.nav` in the texts. */
  key: string
  href: string
  icon: ComponentType<{ className?: string; 'aria-hidden'?: boolean }>
}

/** The left navigation, top to bottom. Only pages that exist. */
export const NAV: readonly NavEntry[] = [{ key: 'clients', href: '/clients', icon: Blocks }]
