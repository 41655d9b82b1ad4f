import { clsx } from 'clsx'
import NextLink from 'next/link'
import type { ComponentProps } from 'react'

/** A link in running text: accent colour, underlined so that colour is not the only sign. */
export function TextLink({ className, ...props }: Omit<ComponentProps<typeof NextLink>, 'href'> & { href: string }) {
  return (
    <NextLink
      {...props}
      className={clsx(
        'rounded-sm font-medium text-accent-text underline decoration-accent-text/40 underline-offset-3 hover:decoration-current',
        className,
      )}
    />
  )
}
