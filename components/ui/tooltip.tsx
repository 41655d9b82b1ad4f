'use client'

import { Tooltip as Base } from '@base-ui/react/tooltip'
import type { ReactNode } from 'react'

/**
 * Words that appear beside `children` on hover and on focus of what is inside. An extra for the eye: whatever matters must also
 * be in the page or in the control's own name. `focusable` when `children` is plain text.
 */
export function Tooltip({
  content,
  children,
  side = 'top',
  focusable = false,
}: {
  content: ReactNode
  children: ReactNode
  side?: 'top' | 'right' | 'bottom' | 'left'
  focusable?: boolean
}) {
  return (
    <Base.Root>
      <Base.Trigger delay={300} render={<span className="inline-flex rounded-sm" tabIndex={focusable ? 0 : undefined} />}>
        {children}
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={6} collisionPadding={8} className="z-60">
          <Base.Popup className="max-w-64 rounded-md bg-ink px-2 py-1 text-xs leading-5 text-canvas shadow-floating transition-opacity duration-100 [overflow-wrap:anywhere] data-ending-style:opacity-0 data-starting-style:opacity-0">
            {content}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
