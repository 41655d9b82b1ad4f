'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useId, useState } from 'react'
import { Button } from './button.tsx'
import type { ButtonSize, ButtonVariant } from './button-class.ts'
import { Dialog, DialogClose } from './dialog.tsx'
import { TextField } from './field.tsx'
import { SubmitButton } from './form.tsx'

export type ConfirmDialogProps = {
  title: ReactNode
  /** What will break, with numbers: "3 live domains, 412 active tokens, last used 2 minutes ago". */
  children?: ReactNode
  confirmLabel: string
  /** A Server Action, or a client function, that gets the form's data. */
  action: (data: FormData) => void | Promise<void>
  /** Hidden fields sent with the form: ids. */
  fields?: Record<string, string>
  /** The person must type exactly this (the client's name) first. A courtesy: the verb decides what is allowed. */
  typeToConfirm?: string
  trigger?: ReactNode
  triggerVariant?: ButtonVariant
  triggerSize?: ButtonSize
  open?: boolean
  onOpenChange?: (open: boolean) => void
  tone?: 'danger' | 'primary'
}

/** Asks before something that cannot be taken back, names what it breaks, and closes itself when the action has run. */
export function ConfirmDialog({
  title,
  children,
  confirmLabel,
  action,
  fields,
  typeToConfirm,
  tone = 'danger',
  ...props
}: ConfirmDialogProps) {
  const t = useTranslations('ui.dialog')
  const form = useId()
  const [ownOpen, setOwnOpen] = useState(false)
  const [typed, setTyped] = useState('')
  const open = props.open ?? ownOpen
  const setOpen = (next: boolean) => {
    setTyped('')
    setOwnOpen(next)
    props.onOpenChange?.(next)
  }
  const ready = typeToConfirm === undefined || typed.trim() === typeToConfirm

  return (
    <Dialog
      trigger={props.trigger}
      triggerVariant={props.triggerVariant}
      triggerSize={props.triggerSize}
      open={open}
      onOpenChange={setOpen}
      title={title}
    >
      <form
        id={form}
        className="space-y-4"
        action={async (data) => {
          await action(data)
          setOpen(false)
        }}
      >
        {Object.entries(fields ?? {}).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {children}
        {typeToConfirm === undefined ? null : (
          <TextField
            label={t.rich('typeToConfirm', { name: () => <strong className="font-semibold select-all">{typeToConfirm}</strong> })}
            name="confirm"
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
        <div className="flex flex-wrap justify-end gap-2 pt-2 max-sm:*:flex-1">
          <DialogClose>{t('cancel')}</DialogClose>
          {ready ? (
            <SubmitButton variant={tone}>{confirmLabel}</SubmitButton>
          ) : (
            <Button variant={tone} disabled>
              {confirmLabel}
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  )
}
