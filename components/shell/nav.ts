import { Activity, Blocks, BookOpen, ChartColumn, Gauge, LifeBuoy, Users, Waypoints } from 'lucide-react'
import type { ComponentType } from 'react'

export type NavEntry = {
  /** Key of the label below `shell.nav` in the texts. */
  key: string
  href: string
  icon: ComponentType<{ className?: string; 'aria-hidden'?: boolean }>
}

/** The left navigation, top to bottom. What else the command palette finds is in pages.ts. */
export const NAV: readonly NavEntry[] = [
  { key: 'clients', href: '/clients', icon: Blocks },
  { key: 'apis', href: '/apis', icon: Waypoints },
  { key: 'usage', href: '/usage', icon: ChartColumn },
  { key: 'requests', href: '/requests', icon: Activity },
  { key: 'team', href: '/team', icon: Users },
  { key: 'plan', href: '/plan', icon: Gauge },
  { key: 'docs', href: '/docs', icon: BookOpen },
  { key: 'support', href: '/support', icon: LifeBuoy },
]
