import { clsx } from 'clsx'
import { PageLink } from '#components/ui/page-link.tsx'
import { env } from '#lib/env.ts'

/** The mark and the name of this installation, leading to `href`. */
export function Brand({ href = '/', className }: { href?: string; className?: string }) {
  return (
    <PageLink href={href} className={clsx('inline-flex min-w-0 items-center gap-2.5 rounded-md font-semibold touch:min-h-11', className)}>
      <BrandMark />
      <span className="truncate text-[0.9375rem] tracking-tight">{env().BRAND_NAME}</span>
    </PageLink>
  )
}

/** A crossing with a ring: the same drawing as app/icon.svg. */
function BrandMark({ className }: { className?: string }) {
  return (
    <svg aria-hidden viewBox="0 0 32 32" className={clsx('size-7 shrink-0', className)}>
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <path d="M9.5 9.5 22.5 22.5 M22.5 9.5 9.5 22.5" className="fill-none stroke-accent-ink" strokeWidth="3.4" strokeLinecap="round" />
      <circle cx="16" cy="16" r="4.6" className="fill-accent stroke-accent-ink" strokeWidth="2.6" />
    </svg>
  )
}
