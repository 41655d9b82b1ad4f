'use client'

import { Check, Copy } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { type ButtonSize, type ButtonVariant, buttonClass, iconButtonClass } from './button-class.ts'

export type CopyButtonProps = {
  value: string
  /** Id of the text that says what is copied. It describes, so that the button's name stays "Copy". */
  describedBy?: string
  /** Another text than "Copy", such as "Copy as .env". */
  children?: string
  iconOnly?: boolean
  variant?: ButtonVariant
  size?: ButtonSize
}

/** Puts `value` on the clipboard and says so. */
export function CopyButton({ value, describedBy, children, iconOnly = false, variant = 'secondary', size = 'sm' }: CopyButtonProps) {
  const t = useTranslations('ui.copy')
  const [state, setState] = useState<'idle' | 'done' | 'failed'>('idle')

  useEffect(() => {
    if (state === 'idle') return
    const timer = setTimeout(() => setState('idle'), 2500)
    return () => clearTimeout(timer)
  }, [state])

  const copy = () =>
    writeText(value).then(
      () => setState('done'),
      () => setState('failed'),
    )

  const label = children ?? t('copy')
  const Icon = state === 'done' ? Check : Copy
  return (
    <>
      <button
        type="button"
        onClick={copy}
        aria-label={iconOnly ? label : undefined}
        aria-describedby={describedBy}
        className={iconOnly ? iconButtonClass() : buttonClass(variant, size)}
      >
        <Icon aria-hidden className={state === 'done' ? 'text-success-text' : undefined} />
        {iconOnly ? null : label}
      </button>
      <span role="status" className={state === 'failed' ? 'self-center text-[0.8125rem] text-danger-text' : 'sr-only'}>
        {state === 'done' ? t('copied') : state === 'failed' ? t('failed') : ''}
      </span>
    </>
  )
}

/** The clipboard; on plain http, where the clipboard API is missing, the old command on a selection. @throws when both are refused */
async function writeText(value: string): Promise<void> {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(value)
  const area = document.createElement('textarea')
  area.value = value
  area.className = 'sr-only'
  const previous = document.activeElement
  document.body.append(area)
  area.select()
  const done = document.execCommand('copy')
  area.remove()
  if (previous instanceof HTMLElement) previous.focus()
  if (!done) throw new Error('copy refused')
}
