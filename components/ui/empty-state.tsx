import type { ReactNode } from 'react'

/** Nothing here yet (or nothing found): what this place is for, and the button that does the next thing. */
export function EmptyState({
  title,
  description,
  action,
  icon,
  level = 2,
}: {
  title: ReactNode
  description?: ReactNode
  action?: ReactNode
  /** A lucide icon. */
  icon?: ReactNode
  /** 1 when it is the whole page. */
  level?: 1 | 2 | 3
}) {
  const Heading = `h${level}` as const
  return (
    <div className="flex flex-col items-center px-6 py-12 text-center">
      {icon ? (
        <div aria-hidden className="mb-4 grid size-11 place-items-center rounded-xl border border-line bg-sunken text-muted [&_svg]:size-5">
          {icon}
        </div>
      ) : null}
      <Heading className="text-base font-semibold">{title}</Heading>
      {description ? <p className="mt-1 max-w-md text-pretty text-muted">{description}</p> : null}
      {action ? <div className="mt-5 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  )
}
