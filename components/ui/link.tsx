import { clsx } from 'clsx'
import type { ComponentProps } from 'react'
import { PageLink } from '#components/ui/page-link.tsx'

/** A link in running text: accent colour, underlined so that colour is not the only sign. */
export function TextLink({ className, ...props }: Omit<ComponentProps<typeof PageLink>, 'href'> & { href: string }) {
  return (
    <PageLink
      {...props}
      className={clsx(
        'rounded-sm font-medium text-accent-text underline decoration-accent-text/40 underline-offset-3 hover:decoration-current',
        className,
      )}
    />
  )
}
