import { clsx } from 'clsx'
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

export type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'danger'

const TONES: Record<Tone, { box: string; icon: typeof Info }> = {
  neutral: { box: 'border-line bg-sunken text-muted', icon: Info },
  info: { box: 'border-info-line bg-info-soft text-info-text', icon: Info },
  success: { box: 'border-success-line bg-success-soft text-success-text', icon: CircleCheck },
  warning: { box: 'border-warning-line bg-warning-soft text-warning-text', icon: TriangleAlert },
  danger: { box: 'border-danger-line bg-danger-soft text-danger-text', icon: CircleAlert },
}

export type AlertProps = {
  tone?: Tone
  title?: ReactNode
  children?: ReactNode
  /** Buttons or links below the text. */
  actions?: ReactNode
  /** `alert` when it appears because of what the person just did, `status` for good news; else none. */
  role?: 'alert' | 'status'
  id?: string
  className?: string
}

/** A message in the page. */
export function Alert({ tone = 'info', title, children, actions, role, id, className }: AlertProps) {
  const { box, icon: Icon } = TONES[tone]
  return (
    <div role={role} id={id} className={clsx('flex gap-2.5 rounded-lg border px-3.5 py-3', box, className)}>
      <Icon aria-hidden className="mt-[3px] size-4 shrink-0" />
      <div className="min-w-0 flex-1 space-y-0.5 text-ink [overflow-wrap:anywhere]">
        {title ? <p className="font-medium">{title}</p> : null}
        {children ? <div>{children}</div> : null}
        {actions ? <div className="flex flex-wrap gap-2 pt-2">{actions}</div> : null}
      </div>
    </div>
  )
}
