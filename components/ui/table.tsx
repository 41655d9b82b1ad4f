import { clsx } from 'clsx'
import { ArrowDown, ArrowUp } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { PageLink } from '#components/ui/page-link.tsx'
import type { SortLink } from './sort.ts'

/**
 * A table that scrolls sideways in its own box. `label` says what it lists. Put it in a Card to give it a frame. `cards`: on a phone each line is a
 * card, each cell begins with its `data-label`, and the head is only read out: a list that can be sorted has a SortBy above it.
 */
export function Table({
  label,
  children,
  className,
  cards = false,
}: {
  label: string
  children: ReactNode
  className?: string
  cards?: boolean
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section aria-label={label} tabIndex={0} className="relative overflow-x-auto rounded-[inherit] focus-visible:-outline-offset-2">
      <table className={clsx('data-table w-full border-collapse text-left', cards && 'table-cards', className)}>{children}</table>
    </section>
  )
}

export function TableHead({ children }: { children: ReactNode }) {
  return (
    <thead className="border-b border-line bg-sunken/60 text-[0.8125rem] text-muted">
      <tr>{children}</tr>
    </thead>
  )
}

export function TableBody({ children }: { children: ReactNode }) {
  return <tbody className="divide-y divide-line">{children}</tbody>
}

/** One line. `interactive`: lights up under the pointer, for lines that lead somewhere (put a RowLink in its first cell). */
export function TableRow({ children, interactive = false, className }: { children: ReactNode; interactive?: boolean; className?: string }) {
  return <tr className={clsx('relative', interactive && 'transition-colors hover:bg-sunken/70', className)}>{children}</tr>
}

type CellProps = { numeric?: boolean }

/** A column's heading; with `sort`, a link that sorts. In a table of cards the link is gone on a phone: nobody would see where the focus is. */
export function TableHeader({ children, numeric, className, sort, ...props }: ComponentProps<'th'> & CellProps & { sort?: SortLink }) {
  const Arrow = sort?.direction === 'descending' ? ArrowDown : ArrowUp
  return (
    <th
      scope="col"
      {...props}
      aria-sort={sort?.direction}
      className={clsx('px-3 py-2 font-medium whitespace-nowrap first:pl-5 last:pr-5', numeric && 'text-right', className)}
    >
      {sort ? (
        <>
          <PageLink href={sort.href} className="inline-flex items-center gap-1 rounded-sm hover:text-ink in-[.table-cards]:max-sm:hidden">
            {children}
            <Arrow aria-hidden className={clsx('size-3.5', !sort.direction && 'opacity-0')} />
          </PageLink>
          <span className="hidden in-[.table-cards]:max-sm:inline">{children}</span>
        </>
      ) : (
        children
      )}
    </th>
  )
}

export function TableCell({ children, numeric, className, ...props }: ComponentProps<'td'> & CellProps) {
  return (
    <td {...props} className={clsx(numeric && 'text-right', className) || undefined}>
      {children}
    </td>
  )
}

/** The link of a line: its target covers the whole line. Other controls in the line need `className="relative"`. */
export function RowLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <PageLink href={href} className="font-medium after:absolute after:inset-0 hover:underline">
      {children}
    </PageLink>
  )
}
