import { Lock } from 'lucide-react'
import type { ReactNode } from 'react'

/** Controls that cannot be used for another reason than a missing permission: there, disabled, and a line says why. */
export function Locked({ reason, children }: { reason: ReactNode; children: ReactNode }) {
  if (!reason) return children
  return (
    <div className="space-y-2">
      <p className="flex items-start gap-1.5 text-[0.8125rem] text-muted">
        <Lock aria-hidden className="mt-1 size-3.5 shrink-0" />
        <span>{reason}</span>
      </p>
      <fieldset disabled className="min-w-0">
        {children}
      </fieldset>
    </div>
  )
}
