import type { ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import { type ButtonSize, type ButtonVariant, buttonClass } from '#components/ui/button-class.ts'
import { SubmitButton } from '#components/ui/form.tsx'
import type { FormAction } from '#lib/web/form-state.ts'
import { ActionForm } from './action-form.tsx'

export type ConfirmProps<Result> = {
  /** Unique in the page. */
  id: string
  trigger: ReactNode
  triggerVariant?: ButtonVariant
  triggerSize?: ButtonSize
  disabled?: boolean
  title: ReactNode
  /** What will break, and the fields if it needs any. */
  children?: ReactNode
  confirm: string
  cancel: string
  tone?: 'danger' | 'primary'
  action: FormAction<Result>
  fields: Record<string, string>
}

/**
 * A question before a change, in a panel that opens by the popover attribute: it works before any script has loaded, and Escape, a
 * click outside and the return of the focus are the browser's.
 */
export function Confirm<Result>({
  id,
  trigger,
  triggerVariant,
  triggerSize = 'sm',
  disabled,
  title,
  children,
  ...props
}: ConfirmProps<Result>) {
  return (
    <>
      <button type="button" popoverTarget={id} disabled={disabled} className={buttonClass(triggerVariant, triggerSize)}>
        {trigger}
      </button>
      <div
        id={id}
        popover="auto"
        role="dialog"
        aria-labelledby={`${id}-title`}
        className="fixed inset-0 m-auto h-fit max-h-[calc(100dvh-2rem)] w-[min(32rem,calc(100vw-2rem))] overflow-y-auto rounded-xl border border-line bg-surface p-5 text-left text-ink whitespace-normal shadow-floating backdrop:bg-backdrop"
      >
        <h2 id={`${id}-title`} className="mb-3 text-base font-semibold [overflow-wrap:anywhere]">
          {title}
        </h2>
        <ActionForm action={props.action} name={id} fields={props.fields}>
          {children}
          <div className="flex flex-wrap justify-end gap-2 pt-1 max-sm:*:flex-1">
            <Button popoverTarget={id} popoverTargetAction="hide">
              {props.cancel}
            </Button>
            <SubmitButton variant={props.tone ?? 'danger'}>{props.confirm}</SubmitButton>
          </div>
        </ActionForm>
      </div>
    </>
  )
}
