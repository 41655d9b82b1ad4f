'use client'

import { type ReactNode, useId } from 'react'

/** A button and the panel that it opens, by the popover attribute. */
export function SwitcherPanel({ label, button, children }: { label: string; button: ReactNode; children: ReactNode }) {
  const id = useId()
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        className="flex w-full min-w-0 items-center gap-2.5 rounded-lg border border-line bg-surface p-2 text-left transition-colors hover:bg-hover touch:min-h-11"
      >
        {button}
      </button>
      <div
        id={id}
        popover="auto"
        role="dialog"
        aria-label={label}
        className="fixed inset-auto top-29 left-3 max-md:top-32 m-0 max-h-[calc(100dvh-8rem)] w-66 max-w-[calc(100vw-1.5rem)] overflow-y-auto rounded-xl border border-line bg-surface p-2 text-ink shadow-floating"
      >
        {children}
      </div>
    </>
  )
}
