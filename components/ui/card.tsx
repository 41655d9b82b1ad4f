import { clsx } from 'clsx'
import type { ReactNode } from 'react'

/** A raised panel. Put a CardHeader first, then CardBody, or a Table that reaches the edges. */
export function Card({
  children,
  className,
  as: Tag = 'section',
  ...props
}: {
  children: ReactNode
  className?: string
  as?: 'section' | 'div' | 'article' | 'li'
  id?: string
  'aria-labelledby'?: string
}) {
  return (
    <Tag {...props} className={clsx('min-w-0 overflow-clip rounded-xl border border-line bg-surface shadow-raised', className)}>
      {children}
    </Tag>
  )
}

/** Title, one line of description, and actions at the right. */
export function CardHeader({
  title,
  description,
  actions,
  id,
  level = 2,
}: {
  title: ReactNode
  description?: ReactNode
  actions?: ReactNode
  /** Id of the heading, for `aria-labelledby` of the card. */
  id?: string
  level?: 2 | 3
}) {
  const Heading = `h${level}` as const
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 border-b border-line px-5 py-4">
      <div className="min-w-0 flex-1 basis-60">
        <Heading id={id} className="text-[0.9375rem] font-semibold">
          {title}
        </Heading>
        {description ? <p className="mt-0.5 text-muted">{description}</p> : null}
      </div>
      {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
    </div>
  )
}

/** The padded inside of a card. */
export function CardBody({ children, className }: { children: ReactNode; className?: string }) {
  return <div className={clsx('p-5', className)}>{children}</div>
}

/** A quiet strip at the bottom of a card: a save button, a note. */
export function CardFooter({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <div className={clsx('flex flex-wrap items-center justify-between gap-3 border-t border-line bg-sunken/60 px-5 py-3', className)}>
      {children}
    </div>
  )
}
