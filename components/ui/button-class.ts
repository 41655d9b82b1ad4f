import { clsx } from 'clsx'

export type ButtonVariant = 'primary' | 'secondary' | 'danger' | 'ghost'
export type ButtonSize = 'sm' | 'md'

const VARIANTS: Record<ButtonVariant, string> = {
  primary: 'bg-accent text-accent-ink border-transparent shadow-raised hover:bg-accent-hover',
  secondary: 'bg-surface text-ink border-line-strong/60 shadow-raised hover:bg-hover',
  danger: 'bg-danger text-danger-ink border-transparent shadow-raised hover:bg-danger-hover',
  ghost: 'bg-transparent text-ink border-transparent hover:bg-hover',
}

const SIZES: Record<ButtonSize, string> = {
  sm: 'h-8 gap-1.5 px-3 text-[0.8125rem]',
  md: 'h-9 gap-2 px-4 text-sm',
}

/** The looks of a button, for a `<button>`, a link, or a part of Base UI. `className` is for layout only (width, margin). */
export function buttonClass(variant: ButtonVariant = 'secondary', size: ButtonSize = 'md', className?: string): string {
  return clsx(
    'inline-flex shrink-0 items-center justify-center rounded-md border font-medium whitespace-nowrap transition-colors select-none touch:min-h-11',
    'disabled:pointer-events-none disabled:opacity-55 aria-disabled:cursor-default',
    '[&_svg]:size-4 [&_svg]:shrink-0',
    VARIANTS[variant],
    SIZES[size],
    className,
  )
}

/** A square button that holds only an icon; give it an `aria-label`. */
export function iconButtonClass(className?: string): string {
  return clsx(
    'inline-flex size-9 shrink-0 items-center justify-center rounded-md text-muted transition-colors hover:bg-hover hover:text-ink touch:size-11 [&_svg]:size-4',
    className,
  )
}
