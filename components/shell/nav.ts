import { Activity, Blocks, BookOpen, ChartColumn, Gauge, LifeBuoy, Users, Waypoints } from 'lucide-react'
import type { ComponentType } from 'react'

export type NavEntry = {
  /** Key of the label below `shell.nav` in the texts. */
  key: string
  href: string
  icon: ComponentType<{ className?: string; 'aria-hidden'?: boolean }>
}

/**
 * The left navigation and the command palette, top to bottom: Clients, Usage, Requests, Team, Plan, Docs, Support. Only pages that exist: an entry
 * comes with its page. The texts of all of them are there.
 */
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

/** Whether the navigation has the page `href`: what leads there shows from then on. */
export function hasPage(href: string): boolean {
  return NAV.some((entry) => entry.href === href)
}
