'use client'

import { clsx } from 'clsx'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { PageLink } from '#components/ui/page-link.tsx'

/** One entry of the navigation: knows whether it is current, and closes the drawer that it sits in. */
export function NavLink({ href, children }: { href: string; children: ReactNode }) {
  const pathname = usePathname()
  const current = pathname === href || pathname.startsWith(`${href}/`)
  return (
    <PageLink
      href={href}
      aria-current={current ? 'page' : undefined}
      onClick={(event) => event.currentTarget.closest<HTMLElement>('[popover]')?.hidePopover()}
      className={clsx(
        'flex h-9 items-center gap-2.5 rounded-md px-2.5 transition-colors touch:h-11 [&_svg]:size-4 [&_svg]:shrink-0',
        current ? 'bg-hover font-medium text-ink [&_svg]:text-accent-text' : 'text-muted hover:bg-hover hover:text-ink',
      )}
    >
      {children}
    </PageLink>
  )
}
