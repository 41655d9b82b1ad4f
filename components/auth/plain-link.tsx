import type { ReactNode } from 'react'

/**
 * A link between the pages of logging in, as a plain load: each carries a form with a token and maybe a message that must be seen
 * once, and none of it may come from the router's cache.
 */
export function PlainLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a
      href={href}
      className="rounded-sm font-medium text-accent-text underline decoration-accent-text/40 underline-offset-3 hover:decoration-current"
    >
      {children}
    </a>
  )
}
