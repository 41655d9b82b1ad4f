import { clsx } from 'clsx'
import { PageLink } from '#components/ui/page-link.tsx'

/** The look of a chip that is a link. */
export function chipClass(on: boolean): string {
  return clsx(
    'inline-flex h-7 items-center rounded-full border px-2.5 text-[0.8125rem] transition-colors touch:h-11 touch:px-4',
    on
      ? 'border-accent-text bg-accent-soft font-medium text-accent-text'
      : 'border-line bg-surface text-muted hover:bg-hover hover:text-ink',
  )
}

export type FilterChip = { label: string; href: string; on: boolean }

/** One filter as a row of links: which values it may have, and which one is on. The address is the state. */
export function FilterChips({ label, chips }: { label: string; chips: readonly FilterChip[] }) {
  return (
    <nav aria-label={label} className="flex flex-wrap items-center gap-1.5">
      <span aria-hidden className="mr-0.5 text-[0.8125rem] text-muted">
        {label}
      </span>
      {chips.map((chip) => (
        <PageLink key={chip.href} href={chip.href} aria-current={chip.on ? 'true' : undefined} className={chipClass(chip.on)}>
          {chip.label}
        </PageLink>
      ))}
    </nav>
  )
}
