'use client'

import { Dialog as Base } from '@base-ui/react/dialog'
import { clsx } from 'clsx'
import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { type ButtonSize, type ButtonVariant, buttonClass, iconButtonClass } from './button-class.ts'

export type DialogProps = {
  title: ReactNode
  description?: ReactNode
  children?: ReactNode
  /** The row of buttons at the bottom; usually a `DialogClose` and a `SubmitButton`. */
  footer?: ReactNode
  /** Content of the button that opens it. Leave out when `open` is controlled. */
  trigger?: ReactNode
  triggerVariant?: ButtonVariant
  triggerSize?: ButtonSize
  open?: boolean
  onOpenChange?: (open: boolean) => void
  size?: 'sm' | 'md' | 'lg'
  /** `side`: a panel at the right edge, for details of a row. */
  placement?: 'center' | 'side'
}

const WIDTHS = { sm: 'sm:max-w-sm', md: 'sm:max-w-lg', lg: 'sm:max-w-2xl' } as const

/** A modal dialog: focus goes in, stays, and returns; Escape and a click outside close it. On a phone it sits at the bottom. */
export function Dialog({ trigger, triggerVariant, triggerSize, open, onOpenChange, ...content }: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      {trigger ? <Base.Trigger className={buttonClass(triggerVariant, triggerSize)}>{trigger}</Base.Trigger> : null}
      <DialogContent {...content} />
    </Base.Root>
  )
}

function DialogContent({ title, description, children, footer, size = 'md', placement = 'center' }: DialogProps) {
  const t = useTranslations('ui.dialog')
  const side = placement === 'side'
  return (
    <Base.Portal>
      <Base.Backdrop className="fixed inset-0 z-40 bg-backdrop transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0" />
      <Base.Viewport className={clsx('fixed inset-0 z-50 flex', side ? 'justify-end' : 'items-end justify-center sm:items-center sm:p-6')}>
        <Base.Popup
          className={clsx(
            'relative flex w-full flex-col bg-surface shadow-floating outline-none transition duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0',
            WIDTHS[size],
            side
              ? 'h-dvh border-l border-line data-ending-style:translate-x-6 data-starting-style:translate-x-6'
              : 'max-h-[calc(100dvh-2rem)] rounded-t-2xl border border-line data-ending-style:translate-y-2 data-starting-style:translate-y-2 sm:rounded-xl',
          )}
        >
          <header className="pt-5 pr-14 pb-3 pl-5">
            <Base.Title className="text-base font-semibold [overflow-wrap:anywhere]">{title}</Base.Title>
            {description ? <Base.Description className="mt-1 text-muted">{description}</Base.Description> : null}
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 pt-1 pb-5">{children}</div>
          {footer ? (
            <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-4 max-sm:*:flex-1">{footer}</footer>
          ) : null}
          {/* Last in the order of focus, so that a dialog opens in its first field. */}
          <Base.Close aria-label={t('close')} className={iconButtonClass('absolute top-3 right-3')}>
            <X aria-hidden />
          </Base.Close>
        </Base.Popup>
      </Base.Viewport>
    </Base.Portal>
  )
}

/** A button inside a dialog that closes it. */
export function DialogClose({ children, variant, size }: { children: ReactNode; variant?: ButtonVariant; size?: ButtonSize }) {
  return <Base.Close className={buttonClass(variant, size)}>{children}</Base.Close>
}
