import { clsx } from 'clsx'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { chipClass } from './filter-chips.tsx'
import { PageLink } from './page-link.tsx'
import type { SortLink } from './sort.ts'

/** The orders of a list as links, above a table of cards on a phone: its headings, which sort elsewhere, are not to be seen there. */
export function SortBy({ orders }: { orders: readonly (SortLink & { label: string })[] }) {
  const t = useTranslations('ui.sort')
  return (
    <nav aria-label={t('label')} className="flex flex-wrap items-center gap-1.5 border-b border-line px-5 py-3 sm:hidden">
      <span aria-hidden className="mr-0.5 text-[0.8125rem] text-muted">
        {t('label')}
      </span>
      {orders.map(({ label, href, direction }) => {
        const Arrow = direction === 'descending' ? ArrowDown : ArrowUp
        return (
          <PageLink
            key={label}
            href={href}
            aria-current={direction ? 'true' : undefined}
            className={clsx(chipClass(direction !== undefined), 'gap-1')}
          >
            {label}
            {direction ? (
              <>
                <Arrow aria-hidden className="size-3.5" />
                <span className="sr-only">({t(direction)})</span>
              </>
            ) : null}
          </PageLink>
        )
      })}
    </nav>
  )
}
