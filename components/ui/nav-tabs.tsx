'use client'

import { clsx } from 'clsx'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { PageLink } from '#components/ui/page-link.tsx'

export type NavTab = {
  href: string
  label: string
  /** After the label: a count, a badge. */
  extra?: ReactNode
  /** Only this exact path is current, not the ones below it: for an "Overview". */
  exact?: boolean
}

/** Tabs that are links, one page each. They scroll sideways when there is no room. */
export function NavTabs({ items, label }: { items: readonly NavTab[]; label: string }) {
  const pathname = usePathname()
  return (
    <nav aria-label={label} className="-mx-4 overflow-x-auto border-b border-line px-4 [scrollbar-width:none] sm:mx-0 sm:px-0">
      <ul className="flex gap-1">
        {items.map((item) => {
          const [path = ''] = item.href.split('?')
          const current = pathname === path || (!item.exact && pathname.startsWith(`${path}/`))
          return (
            <li key={item.href}>
              <PageLink
                href={item.href}
                aria-current={current ? 'page' : undefined}
                className={clsx(
                  '-mb-px flex h-10 items-center gap-2 border-b-2 px-2.5 whitespace-nowrap transition-colors touch:h-11',
                  '-outline-offset-2 focus-visible:-outline-offset-2',
                  current
                    ? 'border-accent-text font-medium text-ink'
                    : 'border-transparent text-muted hover:border-line-strong hover:text-ink',
                )}
              >
                {item.label}
                {item.extra === undefined ? null : <span className="font-normal text-muted">{item.extra}</span>}
              </PageLink>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
