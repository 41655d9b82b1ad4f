import { clsx } from 'clsx'

/** A grey block where something will be; give it a size. Hidden from assistive technology: say "Loading" once around it. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={clsx('h-4 animate-pulse rounded-md bg-hover', className)} />
}

const WIDTHS = ['w-11/12', 'w-4/5', 'w-3/5'] as const

/** Several lines of text to come. */
export function SkeletonText({ lines = 3, className }: { lines?: number; className?: string }) {
  return (
    <div aria-hidden className={clsx('space-y-2.5', className)}>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: grey lines, all alike
        <Skeleton key={line} className={WIDTHS[line % WIDTHS.length]} />
      ))}
    </div>
  )
}
