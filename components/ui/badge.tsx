import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import type { Tone } from './alert.tsx'

const TONES: Record<Tone, string> = {
  neutral: 'border-line bg-sunken text-muted',
  info: 'border-info-line bg-info-soft text-info-text',
  success: 'border-success-line bg-success-soft text-success-text',
  warning: 'border-warning-line bg-warning-soft text-warning-text',
  danger: 'border-danger-line bg-danger-soft text-danger-text',
}

/** A short state: "Live", "Test", "Disabled". `dot` puts a mark before it. */
export function Badge({
  tone = 'neutral',
  dot = false,
  children,
  className,
}: {
  tone?: Tone
  dot?: boolean
  children: ReactNode
  className?: string
}) {
  return (
    <span className={clsx('badge', TONES[tone], className)}>
      {dot ? <span aria-hidden className="size-1.5 rounded-full bg-current" /> : null}
      {children}
    </span>
  )
}
