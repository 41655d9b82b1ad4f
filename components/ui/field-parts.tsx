import { clsx } from 'clsx'
import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

export type FieldError = string | readonly string[] | null | undefined

/** What the fields share. `error` shows under the control and marks it invalid. */
export type FieldCommon = {
  label: ReactNode
  hint?: ReactNode
  error?: FieldError
  /** Shown at the right of the label: a link such as "Forgot password?". */
  aside?: ReactNode
  /** Layout of the whole field. */
  className?: string
}

/** The first message of `error`, or undefined. */
export function firstError(error: FieldError): string | undefined {
  return (typeof error === 'string' ? error : error?.[0]) || undefined
}

/** The ARIA attributes that tie a control to its hint (`ID-hint`) and its error (`ID-error`), the error first. */
export function describe(id: string, hint: unknown, error: string | undefined, required: boolean | undefined) {
  const ids = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ')
  return {
    'aria-describedby': ids || undefined,
    'aria-invalid': error ? true : undefined,
    'aria-required': required || undefined,
  } as const
}

/** The looks of a text-like control. */
export const CONTROL = clsx(
  'block w-full min-w-0 rounded-md border border-line-strong bg-surface px-3 text-ink shadow-raised transition-colors',
  'placeholder:text-muted hover:border-muted',
  'focus-visible:border-accent-text focus-visible:outline-2 focus-visible:-outline-offset-1 focus-visible:outline-accent-text',
  'not-[select]:read-only:bg-sunken disabled:cursor-not-allowed disabled:bg-sunken disabled:text-muted disabled:shadow-none',
  'aria-invalid:border-danger-text',
)

/** Label above, control, then error and hint. */
export function FieldFrame({
  id,
  label,
  hint,
  error,
  aside,
  optional,
  className,
  children,
}: Omit<FieldCommon, 'error'> & {
  id: string
  error: string | undefined
  optional?: ReactNode
  children: ReactNode
}) {
  return (
    <div className={clsx('flex min-w-0 flex-col gap-1.5', className)}>
      <div className="flex items-baseline justify-between gap-3">
        <label htmlFor={id} className="font-medium">
          {label}
          {optional ? <span className="ml-1.5 font-normal text-muted">{optional}</span> : null}
        </label>
        {aside ? <span className="text-[0.8125rem]">{aside}</span> : null}
      </div>
      {children}
      <FieldNotes id={id} hint={hint} error={error} />
    </div>
  )
}

/** The error and the hint of a field, under the ids that `describe` names. */
export function FieldNotes({ id, hint, error }: { id: string; hint?: ReactNode; error: string | undefined }) {
  return (
    <>
      {error ? (
        <p id={`${id}-error`} className="flex gap-1.5 text-[0.8125rem] leading-5 text-danger-text">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span>{error}</span>
        </p>
      ) : null}
      {hint ? (
        <p id={`${id}-hint`} className="text-[0.8125rem] leading-5 text-muted">
          {hint}
        </p>
      ) : null}
    </>
  )
}
