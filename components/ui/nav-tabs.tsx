'use client'

import { clsx } from 'clsx'
import { usePathname } from 'next/navigation'
import { type ReactNode, useEffect, useRef } from 'react'
import { PageLink } from '#components/ui/page-link.tsx'

export type NavTab = {
  href: string
  label: string
  /** After the label: a count, a badge. */
  extra?: ReactNode
  /** Only this exact path is current, not the ones below it: for an "Overview". */
  exact?: boolean
}

/** Tabs that are links, one page each. They scroll sideways when there is no room, to the current one. */
export function NavTabs({ items, label }: { items: readonly NavTab[]; label: string }) {
  const pathname = usePathname()
  const strip = useRef<HTMLElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another path has another current tab
  useEffect(() => {
    if (!strip.current) return
    const { current } = strip
    // It tells of the first size too, before anything is painted, and again when a phone is turned.
    const observer = new ResizeObserver(() => scrollToCurrent(current))
    observer.observe(current)
    return () => observer.disconnect()
  }, [pathname])
  return (
    <nav ref={strip} aria-label={label} className="-mx-4 overflow-x-auto border-b border-line px-4 [scrollbar-width:none] sm:mx-0 sm:px-0">
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

/** Brings the current tab to the middle of the strip. `scrollIntoView` would move the page too. */
function scrollToCurrent(strip: HTMLElement): void {
  const tab = strip.querySelector('[aria-current="page"]')
  if (!tab) return
  const [box, frame] = [tab.getBoundingClientRect(), strip.getBoundingClientRect()]
  strip.scrollLeft += box.left + box.width / 2 - (frame.left + frame.width / 2)
}
