'use client'

import { Dialog } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { iconButtonClass } from './button-class.ts'

/**
 * An open panel at the right edge, for the details of a line. It is modal: focus goes in, stays, and returns; Escape and a click outside close it.
 * A question before a change is a Confirm, which works without scripts.
 */
export function SidePanel({ title, onClose, children }: { title: ReactNode; onClose: () => void; children: ReactNode }) {
  const t = useTranslations('ui.panel')
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-backdrop transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Viewport className="fixed inset-0 z-50 flex justify-end">
          <Dialog.Popup className="relative flex h-dvh w-full flex-col border-l border-line bg-surface shadow-floating outline-none transition duration-150 data-ending-style:translate-x-6 data-ending-style:opacity-0 data-starting-style:translate-x-6 data-starting-style:opacity-0 sm:max-w-2xl">
            <header className="pt-5 pr-14 pb-3 pl-5">
              <Dialog.Title className="text-base font-semibold [overflow-wrap:anywhere]">{title}</Dialog.Title>
            </header>
            <div className="min-h-0 flex-1 overflow-y-auto px-5 pt-1 pb-5">{children}</div>
            {/* Last in the order of focus, so that the panel opens in its content. */}
            <Dialog.Close aria-label={t('close')} className={iconButtonClass('absolute top-3 right-3')}>
              <X aria-hidden />
            </Dialog.Close>
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
