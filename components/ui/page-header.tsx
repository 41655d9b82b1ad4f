import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { PageLink } from '#components/ui/page-link.tsx'

export type Crumb = { href: string; label: string }

/** The top of a page: where you are, its one `h1`, a line of description, and its main actions. */
export function PageHeader({
  title,
  description,
  actions,
  crumbs,
  crumbsLabel,
  badges,
}: {
  title: ReactNode
  description?: ReactNode
  actions?: ReactNode
  /** The pages above this one, outermost first. */
  crumbs?: readonly Crumb[]
  /** Name of the list of crumbs for assistive technology; needed with `crumbs`. */
  crumbsLabel?: string
  badges?: ReactNode
}) {
  return (
    <header className="space-y-2">
      {crumbs?.length ? (
        <nav aria-label={crumbsLabel}>
          <ol className="flex flex-wrap items-center gap-1 text-[0.8125rem] text-muted">
            {crumbs.map((crumb) => (
              <li key={crumb.href} className="flex min-w-0 items-center gap-1">
                <PageLink
                  href={crumb.href}
                  className="min-w-0 rounded-sm [overflow-wrap:anywhere] hover:text-ink hover:underline touch:py-2"
                >
                  {crumb.label}
                </PageLink>
                <ChevronRight aria-hidden className="size-3.5 shrink-0" />
              </li>
            ))}
          </ol>
        </nav>
      ) : null}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-72">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="min-w-0 text-xl font-semibold [overflow-wrap:anywhere]">{title}</h1>
            {badges}
          </div>
          {description ? <p className="mt-1 max-w-2xl text-pretty text-muted [overflow-wrap:anywhere]">{description}</p> : null}
        </div>
        {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
      </div>
    </header>
  )
}
